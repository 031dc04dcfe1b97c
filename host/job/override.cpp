// SPDX-License-Identifier: Apache-2.0
//
// Document::override_value: what `--set` does to a script.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "job/document.hpp"
#include "job/suggest.hpp"

namespace sluice::job {
namespace {

// Says why the path leads nowhere.
struct DeadEnd {
  std::string text;
  std::string advice;
};

// "steps[Reader]": the index of the step of that name.
boost::system::result<std::size_t, DeadEnd> named_step(const boost::json::array& steps, const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const boost::json::object* step = steps[i].if_object();
    const boost::json::value* given = step != nullptr ? step->if_contains("name") : nullptr;
    if (given == nullptr || !given->is_string()) continue;
    names.emplace_back(given->get_string());
    if (names.back() == name) return i;
  }
  std::string known;
  for (const std::string& word : names) known.append(known.empty() ? "steps are " : ", ").append(word);
  std::string advice = did_you_mean(name, names);
  return DeadEnd{"no step of that name: " + name, advice.empty() ? known : advice};
}

boost::system::result<boost::json::value*, DeadEnd> element(boost::json::array& array, const PathSegment& segment,
                                                            const std::string& path) {
  std::size_t index = 0;
  if (const std::string* name = std::get_if<std::string>(&segment)) {
    if (path != "steps") return DeadEnd{"an array needs an index: " + path, {}};
    auto found = named_step(array, *name);
    if (!found) return found.error();
    index = *found;
  } else {
    index = std::get<std::size_t>(segment);
  }
  if (index >= array.size()) {
    return DeadEnd{
        "index is too large, " + path + " has " + std::to_string(array.size()) + " elements: " + std::to_string(index),
        "indexes start at 0"};
  }
  return &array[index];
}

// One step down; `path` grows, with step names resolved.
boost::system::result<boost::json::value*, DeadEnd> descend(boost::json::value& from, const PathSegment& segment,
                                                            std::string& path) {
  if (boost::json::array* array = from.if_array()) {
    auto found = element(*array, segment, path);
    if (found) path = join_path(path, static_cast<std::size_t>(*found - array->data()));
    return found;
  }
  const std::string* key = std::get_if<std::string>(&segment);
  if (from.is_null() && key != nullptr) from.emplace_object();
  boost::json::object* object = from.if_object();
  if (object == nullptr || key == nullptr) {
    std::string what = object != nullptr ? "an object" : from.is_null() ? "not set" : "a plain value";
    return DeadEnd{
        "the path goes on where the script does not: " + (path.empty() ? "the script" : path) + " is " + what, {}};
  }
  path = join_path(path, *key);
  return &(*object)[*key];
}

boost::json::value parsed_or_text(std::string_view text) {
  boost::system::error_code failed;
  boost::json::value value = boost::json::parse(text, failed);
  if (failed) return boost::json::string(text);
  return value;
}

}  // namespace

void Document::override_value(std::string_view assignment, Problems& problems) {
  auto refuse = [&](std::string text, std::string advice) {
    problems.add({Severity::error, {}, {}, std::move(text), std::move(advice), "--set"});
  };
  std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return refuse("not of the form path=value: " + std::string(assignment), "such as setting.speed.concurrent=8");
  }
  auto segments = split_path(assignment.substr(0, equals));
  if (!segments) {
    return refuse("not a path, " + segments.error() + ": " + std::string(assignment.substr(0, equals)),
                  "such as steps[0].parameter.where");
  }
  // Nothing is changed when the path turns out to lead nowhere.
  boost::json::value changed = root_;
  boost::json::value* target = &changed;
  std::string path, made;  // the topmost that was not there
  for (const PathSegment& segment : *segments) {
    auto next = descend(*target, segment, path);
    if (!next) return refuse(next.error().text, next.error().advice);
    target = *next;
    if (made.empty() && target->is_null()) made = path;
  }
  *target = parsed_or_text(assignment.substr(equals + 1));
  root_ = std::move(changed);
  overridden_.push_back(made.empty() ? std::move(path) : std::move(made));
}

}  // namespace sluice::job
