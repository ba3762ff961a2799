-- One method, one body, many addresses in turn:
--   wrk -s load.lua URL -- METHOD HEADERS TARGETS BODY
-- (all but the first are files). Prints one line:
-- `measured <answers> <microseconds> <failures>`.

local requests, turn = {}, 0

function init(args)
  local method, named, targets, body = args[1], args[2], args[3], args[4]
  local headers = {}
  for line in io.lines(named) do
    local name, text = line:match("^(.-): (.*)$")
    headers[name] = text
  end
  local content = io.open(body, "rb"):read("*a")
  if content == "" then
    content = nil
  end
  for target in io.lines(targets) do
    requests[#requests + 1] = wrk.format(method, target, headers, content)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, _, _)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  print(string.format("measured %d %d %d", summary.requests, summary.duration, failures))
end
