// SPDX-License-Identifier: Apache-2.0
#include "job/foreign_script.hpp"

namespace sluice::job {
namespace {

const boost::json::object* member_object(const boost::json::object& object, std::string_view key) {
  const boost::json::value* found = object.if_contains(key);
  return found == nullptr ? nullptr : found->if_object();
}

bool names_plugin(const boost::json::object& configuration, std::string_view side) {
  const boost::json::object* step = member_object(configuration, side);
  return step != nullptr && step->contains("plugin");
}

}  // namespace

ScriptShape recognise(const boost::json::object& script) {
  if (script.contains("steps")) return ScriptShape::job;
  if (const boost::json::object* job = member_object(script, "job")) {
    if (job->contains("content")) return ScriptShape::datax;
  }
  if (const boost::json::object* configuration = member_object(script, "configuration")) {
    if (names_plugin(*configuration, "reader") || names_plugin(*configuration, "writer")) return ScriptShape::version1;
  }
  return ScriptShape::job;
}

bool refuse_foreign(const boost::json::object& script, const Document& document, Problems& problems) {
  const char* advice = "`sluice convert` writes it anew as a script of version 2.0";
  switch (recognise(script)) {
    case ScriptShape::job:
      return false;
    case ScriptShape::datax:
      report_key(document, problems, Severity::error, "job", "this is a DataX script", advice);
      return true;
    case ScriptShape::version1:
      report_key(document, problems, Severity::error, "configuration", "this is a script of version 1.0", advice);
      return true;
  }
  return false;
}

}  // namespace sluice::job
