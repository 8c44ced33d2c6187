/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Helpers of the draft tests. */
#pragma once

#include "yj-catalog.h"
#include "yj-draft.h"

static inline YjDraftFile *
new_file (const char  *name,
          YjMediaKind  kind)
{
  static const char * const types[] = { NULL, "image/jpeg", "video/mp4", "audio/mpeg" };
  g_autofree char *path = g_strdup_printf ("/tmp/%s", name);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  return yj_draft_file_new (file, kind, types[kind]);
}

/* Attaches a new file; the draft holds it. */
static inline YjDraftFile *
attach (YjDraft     *draft,
        YjSlotRole   role,
        const char  *name,
        YjMediaKind  kind)
{
  g_autoptr(YjDraftFile) file = new_file (name, kind);

  g_assert_true (yj_draft_add_file (draft, role, file));
  return file;
}

static inline guint
count (YjDraft    *draft,
       YjSlotRole  role)
{
  return g_list_model_get_n_items (yj_draft_get_files (draft, role));
}

static inline YjDraftFile *
get (YjDraft    *draft,
     YjSlotRole  role,
     guint       position)
{
  g_autoptr(YjDraftFile) file = g_list_model_get_item (yj_draft_get_files (draft, role), position);

  return file;                  /* the draft holds it */
}
