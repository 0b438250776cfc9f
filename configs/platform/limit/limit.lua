-- One attempt: KEYS[1] is counted, for ARGV[1] milliseconds from the first.
-- The answer is the count and the milliseconds left.
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
	left = tonumber(ARGV[1])
	redis.call('PEXPIRE', KEYS[1], left)
end
return { count, left }
