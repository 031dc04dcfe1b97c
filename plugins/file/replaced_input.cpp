// SPDX-License-Identifier: Apache-2.0
#include "replaced_input.hpp"

#include <filesystem>
#include <set>

#include "find_files.hpp"
#include "publication.hpp"
#include "reader.hpp"

namespace sluice::file {

namespace {

std::string real_path(const std::string& path) {
  std::error_code failed;
  const auto real = std::filesystem::weakly_canonical(path, failed);
  return failed ? path : real.string();
}

std::set<std::string> patterns_of(const Schema& input) {
  std::set<std::string> patterns;
  for (const Field& field : input.fields()) {
    const std::string all = field.meta(meta_files);
    for (std::size_t begin = 0; begin < all.size();) {
      const std::size_t end = std::min(all.find('\n', begin), all.size());
      patterns.insert(all.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return patterns;
}

}  // namespace

std::string file_read_and_replaced(const WriteSettings& settings, const Schema& input) {
  const std::set<std::string> patterns = patterns_of(input);
  if (patterns.empty()) return {};
  std::set<std::string> read;
  for (const std::string& pattern : patterns)
    for (const std::string& path : matching_files(pattern)) read.insert(real_path(path));
  for (const std::string& name : Publication::replaced_files(settings)) {
    const std::string path = real_path(settings.directory + "/" + name);
    if (read.count(path) != 0) return path;
  }
  return {};
}

}  // namespace sluice::file
