// SPDX-License-Identifier: Apache-2.0
#include "cli/run_options.hpp"

#include <boost/program_options/value_semantic.hpp>

namespace sluice::cli {

namespace po = boost::program_options;

void RunOptions::add_to(Arguments& arguments) {
  arguments.add()("summary", po::value(&summary_file)->value_name("FILE"),
                  "write the summary to FILE as JSON; - is the output")(
      "run-id", po::value(&wish.run_id)->value_name("ID"),
      "the run's id, such as orders-${bizdate}: starts it, goes on with it, or answers that it is done already")(
      "resume", po::value(&wish.resume)->value_name("RUN"), "go on with an unfinished run: last, or its id")(
      "verify", po::bool_switch(&verify), "compare afterwards what was written with the source");
  add_shared_to(arguments);
}

void RunOptions::add_shared_to(Arguments& arguments) {
  arguments.add()("state-dir", po::value(&state_directory)->value_name("DIR"), "where runs keep their state")(
      "fresh", po::bool_switch(&wish.fresh), "begin again, although a run is unfinished")(
      "keep", po::value(&keep)->value_name("N")->default_value(100),
      "how many runs' directories are kept, beside those that have written and may still go on; a run that was named "
      "stays 'already done'")(
      "create-table", po::bool_switch(&create_table),
      "create a target table that is missing, before preSql; an existing one is never replaced");
  splits.add_to(arguments);
  request.add_to(arguments);
}

std::string RunOptions::name_run() {
  auto name = request.schedule().expanded(wish.run_id);
  if (!name) return "--run-id: " + name.error();
  wish.run_id = std::move(*name);
  return {};
}

std::string RunOptions::problem() const {
  if (std::string what = splits.problem(); !what.empty()) return what;
  if (std::string what = wish.problem(); !what.empty()) return what;
  return request.problem();
}

engine::OpenRules RunOptions::rules(const std::string& run, const job::Job& job) const {
  engine::OpenRules rules;
  rules.run_id = run;
  rules.create_table = create_table;
  rules.isolate = splits.isolates(job);
  rules.validation = splits.validation_depth();
  return rules;
}

}  // namespace sluice::cli
