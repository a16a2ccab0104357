# Reads the result files of dotnet test and writes why tests were skipped, and what failed: its message and the lines of our code that led there.

function decoded(text) {
  gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text); gsub(/&#x[AD];/, " ", text)
  gsub(/&amp;/, "\\&", text) # last, because what it gives must not be decoded again
  return text
}

function attribute(name) {
  return match($0, " " name "=\"[^\"]*\"") ? decoded(substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)) : ""
}

function skip(reason) {
  if (!(reason in reasons)) order[++kinds] = reason
  reasons[reason]++
}

function line(text) { failures = failures "  " decoded(text) "\n" }

/<UnitTestResult / {
  outcome = attribute("outcome")
  if (outcome == "Failed") failures = failures "\nFailed " attribute("testName") "\n"
  if (outcome == "NotExecuted" && /\/>$/) skip("runs only when it is asked for")
}

/<Message>/ { inMessage = 1; sub(/.*<Message>/, "") }
inMessage {
  ends = sub(/<\/Message>.*/, "")
  if (outcome == "NotExecuted") skip($0)
  if (outcome == "Failed") line($0)
  inMessage = !ends
  next
}

/<StackTrace>/ { inTrace = 1; sub(/.*<StackTrace>/, "") }
inTrace {
  ends = sub(/<\/StackTrace>.*/, "")
  if (outcome == "Failed" && /:line [0-9]+/) line($0)
  inTrace = !ends
}

END {
  for (i = 1; i <= kinds; i++) print reasons[order[i]] " skipped: " decoded(order[i])
  if (failures != "") print failures
}
