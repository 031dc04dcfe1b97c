// SPDX-License-Identifier: Apache-2.0
#include "plugin/catalogue.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "job/known_stores.hpp"
#include "job/suggest.hpp"

namespace sluice::plugin {
namespace {

// The files called like the step type, and the others.
std::array<std::vector<std::filesystem::path>, 2> by_name(const std::vector<std::filesystem::path>& files,
                                                          std::string_view step_type) {
  std::array<std::vector<std::filesystem::path>, 2> parts;
  for (const auto& file : files) parts[called_like(file, step_type) ? 0 : 1].push_back(file);
  return parts;
}

std::string declared_list(const std::vector<Declared>& plugins) {
  std::string list;
  for (const Declared& plugin : plugins) {
    list += (list.empty() ? "" : ", ") + std::string(to_string(plugin.kind)) + " " + plugin.name;
    for (std::size_t i = 0; i < plugin.aliases.size(); ++i)
      list += (i == 0 ? " (also " : ", ") + plugin.aliases[i] + (i + 1 == plugin.aliases.size() ? ")" : "");
  }
  return list;
}

std::string directory_line(const SearchDirectory& directory, const std::vector<std::filesystem::path>& files) {
  std::string line = "searched " + directory.path.string() + " (" + directory.origin + ")";
  std::error_code none;
  if (!std::filesystem::is_directory(directory.path, none)) return line + ": no such directory";
  if (files.empty()) return line + ": no plugin files";
  return line;
}

}  // namespace

void throw_exception_from_error(const Missing& missing, const boost::source_location&) {
  throw std::logic_error("unexamined: " + missing.message);
}

Catalogue::Catalogue(std::vector<SearchDirectory> directories, ProbeSettings settings)
    : directories_(std::move(directories)), settings_(std::move(settings)) {
  for (const SearchDirectory& directory : directories_) files_.push_back(plugin_files(directory.path));
}

void Catalogue::probe_unknown(std::span<const std::filesystem::path> files) {
  std::vector<std::filesystem::path> unknown;
  std::ranges::copy_if(files, std::back_inserter(unknown), [&](const auto& file) { return !probed_.contains(file); });
  std::vector<Probed> answers = probe(unknown, settings_);
  for (std::size_t i = 0; i < unknown.size(); ++i) probed_.emplace(unknown[i], std::move(answers[i]));
}

void Catalogue::refuse(const std::filesystem::path& file, std::string reason) {
  probed_.insert_or_assign(file, Refusal{std::move(reason)});
}

// A name goes before an alias.
std::optional<Catalogue::Answer> Catalogue::answer_among(std::span<const std::filesystem::path> files, Kind kind,
                                                         std::string_view step_type) {
  probe_unknown(files);
  std::optional<Answer> by_alias;
  for (const auto& file : files) {
    const auto& [key, probed] = *probed_.find(file);
    if (!probed) continue;
    for (const Declared& plugin : *probed) {
      if (plugin.kind != kind || !plugin.answers_to(step_type)) continue;
      if (plugin.name == step_type) return Answer{&key, &plugin};
      if (!by_alias) by_alias = Answer{&key, &plugin};
    }
  }
  return by_alias;
}

std::optional<Catalogue::Answer> Catalogue::winner(Kind kind, std::string_view step_type) {
  for (const auto& files : files_)
    for (const auto& part : by_name(files, step_type))
      if (const auto answer = answer_among(part, kind, step_type)) return answer;
  return std::nullopt;
}

boost::system::result<const Plugin*, Missing> Catalogue::find(Kind kind, std::string_view step_type) {
  while (const auto answer = winner(kind, step_type)) {
    const std::filesystem::path file = *answer->file;
    const std::string name = answer->plugin->name;
    const auto plugins = load(file);
    if (!plugins) {  // a child could load it, this process cannot: on with the next
      refuse(file, plugins.error().reason);
      continue;
    }
    for (const Plugin& plugin : *plugins)
      if (plugin.kind == kind && plugin.name == name) return &plugin;
    refuse(file, "changed while it was being loaded");
  }
  return missing(kind, step_type);
}

void Catalogue::look_ahead(std::span<const std::string> step_types) {
  std::set<std::filesystem::path> first;
  for (const std::string& step_type : step_types)
    for (const auto& files : files_) {
      const auto called = by_name(files, step_type)[0];
      first.insert(called.begin(), called.end());
      if (!files.empty()) break;  // else find() opens the others first
    }
  probe_unknown(std::vector(first.begin(), first.end()));
}

Listing Catalogue::listing() {
  Listing listing;
  for (const auto& files : files_) probe_unknown(files);
  for (const auto& files : files_) {
    for (const auto& file : files) {
      const Probed& probed = probed_.find(file)->second;
      if (!probed) {
        listing.refused.push_back({file, probed.error().reason});
        continue;
      }
      for (const Declared& plugin : *probed) {
        const auto first = winner(plugin.kind, plugin.name);
        listing.entries.push_back({file, plugin, *first->file == file ? std::filesystem::path() : *first->file});
      }
    }
  }
  return listing;
}

std::string Catalogue::advice(Kind kind, std::string_view step_type) const {
  std::vector<std::string> names;
  for (const auto& [file, probed] : probed_) {
    if (!probed) continue;
    for (const Declared& plugin : *probed) {
      if (plugin.kind != kind) {
        if (plugin.answers_to(step_type))
          return "\"" + std::string(step_type) + "\" is a " + std::string(to_string(plugin.kind)) + " only";
        continue;
      }
      names.push_back(plugin.name);
      names.insert(names.end(), plugin.aliases.begin(), plugin.aliases.end());
    }
  }
  if (const auto store = job::known_store(step_type))
    return store->title + " has no plugin here" + (store->advice.empty() ? "" : "; " + store->advice);
  return job::did_you_mean(step_type, names);
}

// By now every file is known: the search went through all of them.
Missing Catalogue::missing(Kind kind, std::string_view step_type) {
  Missing missing{"no " + std::string(to_string(kind)) + " \"" + std::string(step_type) + "\" was found", {}, {}};
  for (std::size_t i = 0; i < directories_.size(); ++i) {
    missing.details.push_back(directory_line(directories_[i], files_[i]));
    for (const auto& file : files_[i]) {
      const Probed& probed = probed_.find(file)->second;
      const std::string name = file.filename().string();
      missing.details.push_back("  " + name + ": " + (probed ? declared_list(*probed) : probed.error().reason));
      if (!probed && called_like(file, step_type))
        missing.message += "; " + file.string() + " was refused: " + probed.error().reason;
    }
  }
  missing.advice = advice(kind, step_type);
  return missing;
}

}  // namespace sluice::plugin
