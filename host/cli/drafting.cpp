// SPDX-License-Identifier: Apache-2.0
#include "cli/drafting.hpp"

#include <boost/json/serialize.hpp>

namespace sluice::cli {

ReadJob Drafting::read(const JobDraft& draft, bool offline) const {
  return resolve_text(boost::json::serialize(draft.script()), file, catalogue, log, data_sources, offline);
}

}  // namespace sluice::cli
