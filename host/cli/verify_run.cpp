// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_run.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <cstdlib>
#include <memory>

#include "cli/progress_display.hpp"
#include "engine/scratch.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= list.size() && !list.empty();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    words.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

}  // namespace

void VerifyOptions::add_to(Arguments& arguments) {
  arguments.add()("key", po::value(&key)->value_name("COLUMNS"),
                  "the columns that tell records apart, as id or region,number; the primary key when not given")(
      "extra", po::value(&extra)->value_name("WHAT")->default_value("auto"),
      "records that are in the target alone: differ, allow, or auto (allowed where writeMode keeps what is there)")(
      "limit", po::value(&limit)->value_name("N")->default_value(100), "how many differences are named")(
      "values", po::bool_switch(&values), "show the values that differ, not only the keys");
}

std::string VerifyOptions::problem() const {
  if (extra != "auto" && extra != "differ" && extra != "allow")
    return "--extra is auto, differ or allow, not '" + extra + "'";
  if (limit == 0) return "--limit is at least 1";
  for (const std::string& word : words_of(key))
    if (word.empty()) return "--key names columns, separated by commas, not '" + key + "'";
  return {};
}

engine::VerifyWish VerifyOptions::wish() const {
  engine::VerifyWish wish;
  wish.key = words_of(key);
  if (extra != "auto") wish.others_allowed = extra == "allow";
  wish.limit = limit;
  wish.values = values;
  return wish;
}

Verified verify_job(ReadJob& read, const engine::VerifyWish& wish, plugin::Catalogue& catalogue,
                    const std::filesystem::path& state, record::Validation validation, engine::Log& log,
                    Console& console) {
  auto scratch = engine::Scratch::make(state);
  if (!scratch) {
    read.problems.add({.text = scratch.error().message});
    return {std::nullopt, engine::exit_code::failed};
  }
  ProgressDisplay display(console);
  const auto hooks = display.hooks();
  auto verification =
      std::make_unique<engine::Verification>(*read.resolved, catalogue, scratch->path(), validation, log, hooks);
  engine::OpenOutcome failure;
  Verified answer;
  answer.verdict = verification->run(wish, read.problems, failure);
  display.clear();
  answer.code = answer.verdict ? answer.verdict->exit_code : engine::exit_code_of(failure, read.problems);
  if (answer.verdict && answer.verdict->abandoned) {
    // A thread is still inside of a plugin: nothing of the job may be destroyed.
    scratch->remove();
    console.tell("sluice: " + answer.verdict->error->message);
    std::_Exit(answer.code);
  }
  return answer;
}

}  // namespace sluice::cli
