package api

var Encode = encode
