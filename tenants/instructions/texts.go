package instructions

import "embed"

// Messages are the sentences of this room.
//
//go:embed fr.toml en.toml
var Messages embed.FS
