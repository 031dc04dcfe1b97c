// SPDX-License-Identifier: Apache-2.0
#include "job/script_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "job/document.hpp"

namespace sluice::job {
namespace {

using Script = boost::system::result<std::string, std::string>;

// One byte more than the limit is enough for Document::parse to refuse it.
std::string read_all(std::istream& input) {
  std::string text;
  char block[65536];
  while (text.size() <= max_script_bytes && (input.read(block, sizeof block), input.gcount() > 0)) {
    text.append(block, static_cast<std::size_t>(input.gcount()));
  }
  return text;
}

Script refusal(std::string text) { return {boost::system::in_place_error, std::move(text)}; }

}  // namespace

Script read_script(const std::string& file, const std::string& kind) {
  if (file == "-") return {boost::system::in_place_value, read_all(std::cin)};
  std::error_code failed;
  std::filesystem::file_status status = std::filesystem::status(file, failed);
  if (!std::filesystem::exists(status)) {
    if (failed && status.type() != std::filesystem::file_type::not_found) {
      return refusal("cannot look at the " + kind + ", " + failed.message() + ": " + file);
    }
    std::string where = std::filesystem::path(file).is_absolute()
                            ? ""
                            : ", looked for in " + std::filesystem::current_path(failed).string();
    return refusal("no such " + kind + ": " + file + where +
                   (kind == "job script" ? " (- reads it from the standard input)" : ""));
  }
  if (std::filesystem::is_directory(status)) return refusal("a directory, not a " + kind + ": " + file);
  std::ifstream input(file, std::ios::binary);
  if (!input) return refusal("cannot open the " + kind + ", " + std::string(std::strerror(errno)) + ": " + file);
  std::string text = read_all(input);
  if (input.bad()) return refusal("cannot read the " + kind + ", " + std::string(std::strerror(errno)) + ": " + file);
  return {boost::system::in_place_value, std::move(text)};
}

}  // namespace sluice::job
