// SPDX-License-Identifier: Apache-2.0
#include "engine/journal.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>

#include "engine/crash_point.hpp"
#include "engine/durable_file.hpp"
#include "record/base64.hpp"

namespace sluice::engine {
namespace {

constexpr const char* file_name = "journal.jsonl";

struct Member {
  const char* name;
  std::uint64_t Counters::*value;
};
constexpr Member members[] = {{"read", &Counters::read},         {"added", &Counters::added},
                              {"written", &Counters::written},   {"skipped", &Counters::skipped},
                              {"filtered", &Counters::filtered}, {"dirty", &Counters::dirty},
                              {"bytes", &Counters::bytes}};

void apply_to_split(const boost::json::object& line, std::string_view event, History& history) {
  SplitHistory& split = history.splits[std::string(line.at("split").as_string())];
  split.attempt = line.at("attempt").to_number<std::uint32_t>();
  if (event == "committing") {
    split.state = SplitHistory::State::in_doubt;
    split.token = record::from_base64(line.at("token").as_string()).value_or("");
    split.counters = counters_from_json(line.at("counters").as_object());
    const auto* promise = line.if_contains("exactly_once");
    split.exactly_once = promise != nullptr && promise->as_bool();
  } else {
    split.state = event == "committed" ? SplitHistory::State::committed : SplitHistory::State::open;
  }
}

void apply(const boost::json::object& line, History& history) {
  const std::string_view event = line.at("event").as_string();
  if (event == "preparing")
    history.preparing = true;
  else if (event == "prepared")
    history.prepared = true;
  else if (event == "completing")
    history.completing = true;
  else if (event == "completed")
    history.completed = true;
  else if (event == "abandoned")
    history.abandoned = true;
  else if (event == "cleaned")
    history.cleaned = true;
  else
    apply_to_split(line, event, history);
}

}  // namespace

boost::json::object to_json(const Counters& counters) {
  boost::json::object json;
  for (const auto& member : members) json[member.name] = counters.*member.value;
  return json;
}

Counters counters_from_json(const boost::json::object& json) {
  Counters counters;
  for (const auto& member : members)
    if (const auto* value = json.if_contains(member.name)) counters.*member.value = value->to_number<std::uint64_t>();
  return counters;
}

bool History::is_committed(const std::string& split) const {
  const auto known = splits.find(split);
  return known != splits.end() && known->second.state == SplitHistory::State::committed;
}

std::size_t History::splits_done() const {
  return static_cast<std::size_t>(std::count_if(splits.begin(), splits.end(), [](const auto& split) {
    return split.second.state == SplitHistory::State::committed;
  }));
}

bool History::may_have_written() const {
  return std::any_of(splits.begin(), splits.end(),
                     [](const auto& split) { return split.second.state != SplitHistory::State::open; });
}

std::uint32_t History::attempts_at(const std::string& split) const {
  const auto known = splits.find(split);
  return known == splits.end() ? 0 : known->second.attempt;
}

Counters History::committed() const {
  Counters sums;
  for (const auto& [key, split] : splits)
    if (split.state == SplitHistory::State::committed) sums += split.counters;
  return sums;
}

Counters History::sums(std::uint64_t dirty) const {
  Counters all = committed();
  const std::uint64_t more = dirty - std::min(dirty, all.dirty);
  all.read += more;
  all.dirty += more;
  return all;
}

Journal::Journal(std::filesystem::path directory) : file_(std::move(directory) / file_name) {}

plugin::Result<void> Journal::append(const boost::json::object& line) {
  const std::string_view event = line.at("event").as_string();
  crash_point("before-journal-" + std::string(event));
  {
    const std::lock_guard lock(mutex_);
    if (auto kept = append_durably(file_, boost::json::serialize(line) + "\n"); !kept) return kept;
  }
  crash_point("after-journal-" + std::string(event));
  return {};
}

plugin::Result<void> Journal::phase(std::string_view name) { return append({{"event", name}}); }

plugin::Result<void> Journal::committing(const std::string& split, std::uint32_t attempt, const std::string& token,
                                         const Counters& counters, bool exactly_once) {
  return append({{"event", "committing"},
                 {"split", split},
                 {"attempt", attempt},
                 {"exactly_once", exactly_once},
                 {"token", record::to_base64(token)},
                 {"counters", to_json(counters)}});
}

plugin::Result<void> Journal::committed(const std::string& split, std::uint32_t attempt) {
  return append({{"event", "committed"}, {"split", split}, {"attempt", attempt}});
}

plugin::Result<void> Journal::rolled_back(const std::string& split, std::uint32_t attempt) {
  return append({{"event", "rolled-back"}, {"split", split}, {"attempt", attempt}});
}

plugin::Result<History> Journal::read(const std::filesystem::path& directory) {
  History history;
  const auto file = directory / file_name;
  std::error_code unknown;  // then reading it says what it is
  if (!std::filesystem::exists(file, unknown) && !unknown) return history;
  const auto text = read_file(file);
  if (!text) return text.error();
  std::string_view rest = *text;
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    try {
      apply(boost::json::parse(rest.substr(0, end)).as_object(), history);
    } catch (const std::exception& e) {
      plugin::Failure broken;
      broken.code = SLUICE_BAD_DATA;
      broken.message = "cannot read the run's journal: " + std::string(e.what()) + ": " + file.string();
      return broken;
    }
    rest.remove_prefix(end + 1);
  }
  return history;
}

std::string Journal::last_event(const std::filesystem::path& directory) {
  constexpr std::streamoff longest = 4096;
  try {
    std::ifstream file(directory / file_name, std::ios::binary | std::ios::ate);
    file.seekg(-std::min<std::streamoff>(longest, file.tellg()), std::ios::end);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const std::size_t end = text.rfind('\n');
    if (end == std::string::npos || end == 0) return "";
    const std::size_t begin = text.rfind('\n', end - 1) + 1;  // npos + 1 is 0
    return std::string(boost::json::parse(text.substr(begin, end - begin)).at("event").as_string());
  } catch (const std::exception&) {
    return "";
  }
}

plugin::Result<void> Journal::mend(const std::filesystem::path& directory) {
  const auto file = directory / file_name;
  std::error_code unknown;
  if (!std::filesystem::exists(file, unknown) && !unknown) return {};
  const auto text = read_file(file);
  if (!text) return text.error();
  const std::size_t whole = text->rfind('\n') + 1;  // npos + 1 is 0
  return whole == text->size() ? plugin::Result<void>() : cut_durably(file, {{whole, text->size() - whole}});
}

}  // namespace sluice::engine
