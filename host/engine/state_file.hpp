// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <exception>
#include <filesystem>
#include <string>

#include "engine/durable_file.hpp"
#include "plugin/failure.hpp"

namespace sluice::engine {

// A JSON object of the run state, as `read` understands it. What cannot be read is a failure that names the file.
template <class Function>
auto read_state(const std::filesystem::path& file, Function read)
    -> plugin::Result<decltype(read(boost::json::object()))> {
  const auto text = read_file(file);
  if (!text) return text.error();
  try {
    return read(boost::json::parse(*text).as_object());
  } catch (const std::exception& e) {
    plugin::Failure broken;
    broken.code = SLUICE_BAD_DATA;
    broken.message = "cannot read the run's file: " + std::string(e.what()) + ": " + file.string();
    return broken;
  }
}

}  // namespace sluice::engine
