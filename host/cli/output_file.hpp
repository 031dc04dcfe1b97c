// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/arguments.hpp"

namespace sluice::cli {

// The option `--output FILE` of commands whose result is a file: written whole or not at all, or to the output.
class OutputFile {
 public:
  void add_to(Arguments&);
  // What is wrong with it, known before anything is done; empty when nothing is. This and the next after the arguments
  // were parsed.
  std::string problem() const;
  // False when the text could not be written; then the error stream says why.
  bool write(const std::string& text, Console&) const;

  // As messages call it: the file, or `otherwise` for the output.
  std::string name(const std::string& otherwise) const { return to_output() ? otherwise : file_; }

 private:
  bool to_output() const { return file_.empty() || file_ == "-"; }
  std::string file_;
};

}  // namespace sluice::cli
