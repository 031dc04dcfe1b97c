// SPDX-License-Identifier: Apache-2.0
//
// Walks over a script's text once and notes where every key and value stands. It also judges the text, because a
// message about a syntax error is only as good as what its author knew at that place; the values themselves are made
// by Boost.JSON, and both must agree on what is a script.
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "job/document.hpp"

namespace sluice::job {

struct SyntaxError {
  std::size_t offset;
  std::string text;
  std::string advice;
};

struct Comment {
  std::size_t begin;
  std::size_t end;
};

struct Scan {
  std::vector<DocumentNode> nodes;
  std::vector<Comment> comments;
};

// Of a text that is valid UTF-8.
boost::system::result<Scan, SyntaxError> scan(std::string_view text);

// Offset of the first byte that is not UTF-8; npos when all is.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace sluice::job
