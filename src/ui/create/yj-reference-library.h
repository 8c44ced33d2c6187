/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-library.h"

G_BEGIN_DECLS

/* The references that were used before, with their names and notes. Signal chosen (YjKeptReference). */
#define YJ_TYPE_REFERENCE_LIBRARY (yj_reference_library_get_type ())
G_DECLARE_FINAL_TYPE (YjReferenceLibrary, yj_reference_library, YJ, REFERENCE_LIBRARY, AdwDialog)

AdwDialog *yj_reference_library_new (YjLibrary *library);

G_END_DECLS
