// SPDX-License-Identifier: Apache-2.0
#include "plugin/load.hpp"

#include <boost/dll/shared_library.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "plugin/file_table.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {
namespace {

using Loaded = std::vector<Plugin>;

// Holds libraries and plugins for good: destroying it at exit would unload code that threads may still be in.
struct Registry {
  std::mutex mutex;
  std::map<std::filesystem::path, std::unique_ptr<Loaded>> files;
  std::vector<std::unique_ptr<boost::dll::shared_library>> libraries;
};

Registry& registry() {
  static Registry* const forever = new Registry;
  return *forever;
}

// The loader's own words, without the frame that the library puts around them and without the file's name.
std::string loader_words(const std::string& what, const std::filesystem::path& path) {
  constexpr std::string_view before = "dlerror system message: ";
  std::string words = what;
  if (const auto start = words.find(before); start != std::string::npos) words = words.substr(start + before.size());
  if (const auto end = words.rfind("): "); end != std::string::npos) words.resize(end);
  const std::string prefix = path.string() + ": ";
  return clean_text(words.starts_with(prefix) ? words.substr(prefix.size()) : words);
}

std::unique_ptr<boost::dll::shared_library> open_library(const std::filesystem::path& path) {
  using boost::dll::load_mode::rtld_local;
  using boost::dll::load_mode::rtld_now;
  return std::make_unique<boost::dll::shared_library>(path, rtld_now | rtld_local);
}

boost::system::result<Loaded, Refusal> open_and_read(const std::filesystem::path& path) {
  try {
    auto library = open_library(path);
    const auto entry = library->get<std::remove_pointer_t<SluiceEntryFunction>>(SLUICE_PLUGIN_ENTRY_NAME);
    registry().libraries.push_back(std::move(library));
    return read_file_table(entry(SLUICE_ABI_MINOR), path);
  } catch (const std::exception& error) {
    const std::string what = error.what();
    if (what.starts_with("boost::dll::")) return Refusal{"cannot be loaded: " + loader_words(what, path)};
    return Refusal{"threw an exception while loading: " + clean_text(what)};
  } catch (...) {
    return Refusal{"threw an exception while loading"};
  }
}

}  // namespace

boost::system::result<Plugins, Refusal> load(const std::filesystem::path& given) {
  const std::filesystem::path path = std::filesystem::absolute(given).lexically_normal();
  const std::lock_guard lock(registry().mutex);
  auto& files = registry().files;
  if (const auto known = files.find(path); known != files.end()) return Plugins(*known->second);
  if (auto inspected = inspect(path); !inspected) return inspected.error();
  auto loaded = open_and_read(path);
  if (!loaded) return loaded.error();
  auto& plugins = files[path] = std::make_unique<Loaded>(std::move(*loaded));
  return Plugins(*plugins);
}

}  // namespace sluice::plugin
