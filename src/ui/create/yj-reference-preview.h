/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* One attached file, large: a picture, or a clip or sound that can be played. */
#define YJ_TYPE_REFERENCE_PREVIEW (yj_reference_preview_get_type ())
G_DECLARE_FINAL_TYPE (YjReferencePreview, yj_reference_preview, YJ, REFERENCE_PREVIEW, AdwDialog)

AdwDialog *yj_reference_preview_new (YjDraftFile *file);

G_END_DECLS
