// SPDX-License-Identifier: Apache-2.0
#include "staging.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <random>
#include <sstream>

#include "byte_source.hpp"

namespace sluice::file {

namespace {

std::string hexadecimal(std::uint64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

std::string safe_name(std::string_view run_id) {
  std::string name(run_id.empty() ? "run" : run_id);
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_' && c != '.') c = '_';
  return name;
}

bool is_number(char c) { return c >= '0' && c <= '9'; }

// The number at `at`, without leading zeros.
std::string_view number_at(std::string_view text, std::size_t& at) {
  while (at < text.size() && text[at] == '0') ++at;
  const std::size_t begin = at;
  while (at < text.size() && is_number(text[at])) ++at;
  return text.substr(begin, at - begin);
}

constexpr std::string_view format_line = "sluice-file-commit 1\n";

std::string serialize(const Commit& commit) {
  const SluiceCounters& c = commit.counters;
  std::ostringstream out;
  out << format_line << c.read << ' ' << c.added << ' ' << c.written << ' ' << c.skipped << ' ' << c.filtered << ' '
      << c.dirty << ' ' << c.bytes << '\n'
      << commit.parts.size() << '\n';
  for (const Part& part : commit.parts) out << part.bytes << ' ' << part.name << '\n';
  out << commit.key;  // may hold anything, so it is last
  return out.str();
}

Commit parse(const std::string& content, const std::string& path) {
  std::istringstream in(content);
  Commit commit;
  SluiceCounters& c = commit.counters;
  c.struct_size = sizeof c;
  std::string line;
  std::size_t parts = 0;
  std::getline(in, line);
  in >> c.read >> c.added >> c.written >> c.skipped >> c.filtered >> c.dirty >> c.bytes >> parts;
  for (std::size_t i = 0; i < parts && in; ++i) {
    Part part;
    in >> part.bytes;
    in.get();
    std::getline(in, part.name);
    commit.parts.push_back(std::move(part));
  }
  if (parts == 0) in.get();
  if (!in || line + "\n" != format_line) throw bad_data("not a commit that this writer understands: " + path);
  std::getline(in, commit.key, '\0');
  return commit;
}

}  // namespace

std::string hash_of(std::string_view key) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a, its bits mixed once more
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93u;
  return hexadecimal(hash ^ hash >> 32);
}

Staging::Staging(std::string directory, std::string_view run_id)
    : directory_(std::move(directory)), prefix_(".sluice-" + safe_name(run_id) + "+") {}

std::string Staging::part_name(std::string_view key) const {
  std::random_device random;
  return prefix_ + hash_of(key) + "-" + hexadecimal(std::uint64_t{random()} << 32 | random());
}

void Staging::commit(const Commit& commit) const {
  const std::string name = marker_name(commit.key);
  if (exists(path_of(name)) && parse(read_whole(path_of(name)), name).key != commit.key)
    throw internal("two splits have the same hash: " + commit.key);
  write_whole(directory_, name, serialize(commit));
}

std::optional<Commit> Staging::find(std::string_view key) const {
  const std::string path = path_of(marker_name(key));
  if (!exists(path)) return std::nullopt;
  Commit commit = parse(read_whole(path), path);
  if (commit.key != key || !is_whole(commit)) return std::nullopt;
  return commit;
}

bool Staging::is_whole(const Commit& commit) const {
  return std::all_of(commit.parts.begin(), commit.parts.end(), [&](const Part& part) {
    struct stat status {};
    return ::stat(path_of(part.name).c_str(), &status) == 0 && static_cast<std::uint64_t>(status.st_size) == part.bytes;
  });
}

std::vector<Commit> Staging::all() const {
  std::vector<Commit> commits;
  for (const std::string& name : files())
    if (name.ends_with(".committed")) commits.push_back(parse(read_whole(path_of(name)), name));
  std::sort(commits.begin(), commits.end(),
            [](const Commit& a, const Commit& b) { return in_natural_order(a.key, b.key); });
  return commits;
}

std::vector<std::string> Staging::files() const {
  std::vector<std::string> found = names_in(directory_);
  std::erase_if(found, [&](const std::string& name) { return !name.starts_with(prefix_); });
  return found;
}

void Staging::clear() const {
  for (const std::string& name : files()) remove_file(path_of(name));
}

bool in_natural_order(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_number(a[i]) && is_number(b[j])) {
      const std::string_view x = number_at(a, i), y = number_at(b, j);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else if (a[i] != b[j]) {
      return a[i] < b[j];
    } else {
      ++i, ++j;
    }
  }
  if (a.size() - i != b.size() - j) return a.size() - i < b.size() - j;
  return a < b;
}

std::string read_whole(const std::string& path) {
  const auto size = static_cast<std::size_t>(status_of(path).st_size);
  FileSource source(path, 0, size);
  std::string content(size, '\0');
  std::size_t at = 0;
  while (at < size)
    if (const std::size_t got = source.read(content.data() + at, size - at))
      at += got;
    else
      break;
  return content;
}

void write_whole(const std::string& directory, const std::string& name, std::string_view content) {
  const std::string path = directory + "/" + name, aside = path + ".new";
  {
    const Descriptor file = create_file(aside);
    write_all(file, content, aside);
    sync_file(file, aside);
  }
  rename_file(aside, path);
  sync_directory(directory);
}

std::vector<std::string> names_in(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code failed;
  for (std::filesystem::directory_iterator at(directory, failed), end; !failed && at != end; at.increment(failed))
    names.push_back(at->path().filename().string());
  if (failed) throw system_error("cannot list the directory", directory, failed.value());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace sluice::file
