// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.hpp"

#include <boost/program_options/value_semantic.hpp>

#include "cli/whole_file.hpp"

namespace sluice::cli {

void OutputFile::add_to(Arguments& arguments) {
  arguments.add()("output", boost::program_options::value(&file_)->value_name("FILE"),
                  "write to FILE, whole or not at all, and not to the output");
}

std::string OutputFile::problem() const {
  if (to_output()) return {};
  auto possible = can_write(file_);
  return possible ? std::string() : possible.error().text + " (asked for by --output)";
}

bool OutputFile::write(const std::string& text, Console& console) const {
  std::string trouble = "cannot write to the output";
  if (to_output()) {
    if (console.print(text)) return true;
  } else {
    auto written = write_whole(file_, text);
    if (written) return true;
    trouble = written.error().text;
  }
  console.tell(paint(console.error(), Style::bad, "sluice: ") + trouble);
  return false;
}

}  // namespace sluice::cli
