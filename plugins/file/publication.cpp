// SPDX-License-Identifier: Apache-2.0
#include "publication.hpp"

#include <algorithm>
#include <set>

#include "compressor.hpp"
#include "copy_file.hpp"
#include "descriptor.hpp"
#include "encoding.hpp"

namespace sluice::file {

namespace {

bool ends_with(const std::string& path, const std::string& bytes) {
  const auto size = static_cast<std::uint64_t>(status_of(path).st_size);
  if (size < bytes.size()) return false;
  FileSource source(path, size - bytes.size(), size);
  std::string end(bytes.size(), '\0');
  for (std::size_t at = 0; at < end.size();) at += source.read(end.data() + at, end.size() - at);
  return end == bytes;
}

}  // namespace

bool Publication::has_begun() const { return exists(staging_.path_of(record_name())); }

void Publication::publish() {
  if (!has_begun()) write_whole(staging_.directory(), record_name(), serialize(decide()));
  carry_out(parse(read_whole(staging_.path_of(record_name()))));
}

std::vector<std::string> Publication::replaced_files(const WriteSettings& settings) {
  if (settings.mode != WriteMode::truncate) return {};
  std::vector<std::string> names = names_in(settings.directory);
  std::erase_if(names, [&](const std::string& name) {
    struct stat status {};
    const std::string path = settings.directory + "/" + name;
    return !settings.is_ours(name) || ::lstat(path.c_str(), &status) != 0 || S_ISDIR(status.st_mode);
  });
  return names;
}

std::vector<Publication::Step> Publication::decide() {
  const std::vector<Commit> commits = staging_.all();
  std::vector<Step> steps;
  if (settings_.single)
    name_single(commits, steps);
  else
    name_many(commits, steps);
  std::set<std::string> published;
  for (const Step& step : steps) published.insert(step.to);
  for (const std::string& name : replaced_files(settings_))
    if (published.count(name) == 0) steps.push_back({Step::Action::remove, staging_.path_of(name), {}});
  // Commits, and what attempts that came to nothing left behind.
  for (const std::string& name : staging_.files())
    if (std::none_of(steps.begin(), steps.end(), [&](const Step& step) { return step.from == name; }))
      steps.push_back({Step::Action::remove, staging_.path_of(name), {}});
  if (!settings_.mark_file.empty()) steps.push_back({Step::Action::create, {}, settings_.mark_file});
  return steps;
}

void Publication::name_many(const std::vector<Commit>& commits, std::vector<Step>& steps) {
  bool any = false;
  for (const Commit& commit : commits)
    for (std::size_t i = 0; i < commit.parts.size(); ++i) {
      steps.push_back({Step::Action::rename, commit.parts[i].name, final_name(commit, i)});
      any = true;
    }
  if (any || !settings_.generate_empty) return;
  write_empty(staging_.prefix() + "empty");
  steps.push_back({Step::Action::rename, staging_.prefix() + "empty", final_name({}, 0)});
}

std::string Publication::final_name(const Commit& commit, std::size_t part) const {
  // Runs that append must not take each other's names.
  const bool adds = settings_.mode == WriteMode::append;
  const std::string number = part == 0 ? "" : "_" + std::to_string(part);
  return settings_.name + "__" + hash_of(adds ? staging_.prefix() + commit.key : commit.key) + number +
         settings_.suffix;
}

void Publication::name_single(const std::vector<Commit>& commits, std::vector<Step>& steps) {
  std::size_t parts = 0;
  for (const Commit& commit : commits) parts += commit.parts.size();
  const bool adds = settings_.mode == WriteMode::append && exists(settings_.single_path());
  if (parts == 0 && (adds || !settings_.generate_empty)) return;
  std::string name = staging_.prefix() + "single";
  if (parts == 1 && header_.empty() && !adds)
    name =
        std::find_if(commits.begin(), commits.end(), [](const Commit& c) { return !c.parts.empty(); })->parts[0].name;
  else
    join(commits, name);
  steps.push_back({Step::Action::rename, name, settings_.name + settings_.suffix});
}

// Header and parts, behind what is there already when the job appends. Packed files may be joined, too.
void Publication::join(const std::vector<Commit>& commits, const std::string& name) {
  const std::string path = staging_.path_of(name);
  const Descriptor file = create_file(path);
  const std::string old = settings_.single_path();
  const bool adds = settings_.mode == WriteMode::append && exists(old);
  if (adds && status_of(old).st_size != 0)
    append_old(old, file, path);
  else if (!header_.empty() || commits.empty())
    write_header(file, path);
  for (const Commit& commit : commits)
    for (const Part& part : commit.parts) append_file(staging_.path_of(part.name), file, path);
  sync_file(file, path);
}

// What is there already; its last line gets the end that it lacks.
void Publication::append_old(const std::string& old, const Descriptor& file, const std::string& path) const {
  append_file(old, file, path);
  if (settings_.format.compression != Compression::none) return;
  const std::string& delimiter = settings_.format.line_delimiter;
  Encoder encoder(settings_.format.encoding);
  std::string missing, least;
  encoder.append(delimiter, missing);
  encoder.append(delimiter == "\r\n" ? "\n" : delimiter, least);
  if (!ends_with(old, least)) write_all(file, missing, path);
}

void Publication::write_header(const Descriptor& file, const std::string& path) const {
  const auto packed = pack(settings_.format.compression, [&](std::string_view bytes) { write_all(file, bytes, path); });
  packed->write(header_);
  packed->finish();
}

void Publication::write_empty(const std::string& name) const {
  const std::string path = staging_.path_of(name);
  const Descriptor file = create_file(path);
  write_header(file, path);
  sync_file(file, path);
}

void Publication::carry_out(const std::vector<Step>& steps) {
  const auto each = [&](Step::Action action, auto act) {
    for (const Step& step : steps)
      if (step.action == action) act(step);
  };
  // The old mark goes first and the new one comes last: whoever waits for it never sees a mixture.
  if (!settings_.mark_file.empty() && !steps.empty()) remove_file(settings_.mark_file);
  each(Step::Action::rename, [&](const Step& step) {
    const std::string from = staging_.path_of(step.from);
    const std::string to = staging_.path_of(step.to);
    if (!exists(from)) return;
    if (settings_.mode == WriteMode::non_conflict && exists(to))
      throw conflict("somebody else has created the file meanwhile (writeMode nonConflict): " + to);
    rename_file(from, to);
  });
  sync_directory(staging_.directory());
  each(Step::Action::remove, [](const Step& step) { remove_file(step.from); });
  each(Step::Action::create, [](const Step& step) { sync_file(create_file(step.to), step.to); });
  sync_directory(staging_.directory());
}

std::string Publication::serialize(const std::vector<Step>& steps) {
  std::string content;
  for (const Step& step : steps) {
    const char letter = step.action == Step::Action::rename ? 'r' : step.action == Step::Action::remove ? 'd' : 'c';
    (content += letter) += step.from;
    (content += '\0') += step.to;
    content += '\0';
  }
  return content;
}

std::vector<Publication::Step> Publication::parse(const std::string& content) {
  std::vector<Step> steps;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t middle = content.find('\0', at), end = content.find('\0', middle + 1);
    if (end == std::string::npos) throw bad_data("the record of a publication is damaged");
    const char letter = content[at];
    steps.push_back({letter == 'r'   ? Step::Action::rename
                     : letter == 'd' ? Step::Action::remove
                                     : Step::Action::create,
                     content.substr(at + 1, middle - at - 1), content.substr(middle + 1, end - middle - 1)});
    at = end + 1;
  }
  return steps;
}

}  // namespace sluice::file
