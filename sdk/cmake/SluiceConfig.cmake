# SPDX-License-Identifier: Apache-2.0
# find_package(Sluice): the target Sluice::sdk (headers) and the function sluice_add_plugin().
include(${CMAKE_CURRENT_LIST_DIR}/SluiceTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/SluicePlugin.cmake)
