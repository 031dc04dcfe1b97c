// SPDX-License-Identifier: Apache-2.0
#include "find_files.hpp"

#include <glob.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "descriptor.hpp"

namespace sluice::file {

namespace {

// glob() knows brackets and backslashes, the job script does not.
std::string escaped(const std::string& pattern) {
  std::string out;
  for (const char c : pattern) {
    if (c == '[' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

struct Glob {
  explicit Glob(const std::string& pattern) { status = ::glob(escaped(pattern).c_str(), GLOB_ERR, nullptr, &found); }
  ~Glob() { ::globfree(&found); }
  Glob(const Glob&) = delete;
  Glob& operator=(const Glob&) = delete;

  glob_t found{};
  int status;
};

// What is wrong with a path that names one file; empty when it can be read.
std::string trouble_with(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || ::access(path.c_str(), R_OK) != 0)
    return std::string("cannot read the file: ") + std::strerror(errno) + ": " + path;
  // Their size is 0, and what comes out of them cannot be read again.
  if (!S_ISREG(status.st_mode))
    return "not a file but a pipe or a device; write what comes out of it to a file first: " + path;
  return {};
}

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

void add_matches(const Context& context, const std::string& where, const std::string& pattern,
                 std::vector<std::string>& files) {
  const Glob glob(pattern);
  if (glob.status == GLOB_ABORTED)
    return context.error(
        where, std::string("cannot list the directory: ") + std::strerror(errno) + ": " + directory_of(pattern));
  std::size_t matched = 0;
  for (std::size_t i = 0; i < glob.found.gl_pathc; ++i) {
    const std::string path = glob.found.gl_pathv[i];
    if (is_directory(path)) continue;
    ++matched;
    if (const std::string trouble = trouble_with(path); !trouble.empty())
      context.error(where, trouble);
    else
      files.push_back(path);  // opening a pipe would wait for somebody to write
  }
  if (matched != 0) return;
  if (glob.found.gl_pathc != 0)
    return context.error(where, "this is a directory, not a file: " + pattern,
                         "name the files in it: " + pattern + "/*");
  context.error(where, "no file matches: " + pattern,
                pattern.front() == '/' ? "" : "relative paths begin at the directory in which sluice was started");
}

}  // namespace

std::vector<std::string> find_files(const Context& context, const std::vector<std::string>& patterns) {
  std::vector<std::string> files;
  for (std::size_t i = 0; i < patterns.size(); ++i)
    add_matches(context, Context::element("path", i), patterns[i], files);
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

std::vector<std::string> matching_files(const std::string& pattern) {
  const Glob glob(pattern);
  if (glob.status != 0) return {};
  return {glob.found.gl_pathv, glob.found.gl_pathv + glob.found.gl_pathc};
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace sluice::file
