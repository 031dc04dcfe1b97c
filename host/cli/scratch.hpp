// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <utility>

#include "cli/trouble.hpp"

namespace sluice::cli {

// A directory below STATE for its owner alone, for what a command needs while it runs. Gone with the object.
class Scratch {
 public:
  static boost::system::result<Scratch, Trouble> make(const std::filesystem::path& state);
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() { remove(); }

  const std::filesystem::path& path() const { return path_; }
  void remove();

 private:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace sluice::cli
