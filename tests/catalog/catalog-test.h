/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Helpers of the draft tests. */
#pragma once

#include "yj-catalog.h"
#include "yj-draft.h"

#include <string.h>

#define NAME "limit 一.bin"      /* of the file that a sentence has to name */

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

/* What every model takes: its facts are all within every limit. */
static inline YjDraftFile *
add_plain (YjDraft    *draft,
           YjSlotRole  role,
           const char *name)
{
  YjSlot *slot = yj_model_find_slot (yj_draft_get_model (draft), role);
  YjMediaKind kind = yj_slot_get_kind (slot);
  YjDraftFile *file = attach (draft, role, name, kind);

  if (kind == YJ_MEDIA_KIND_IMAGE)
    yj_draft_file_set_facts (file, 200000, 1000, 1000, 0);
  else if (kind == YJ_MEDIA_KIND_VIDEO)
    {
      yj_draft_file_set_facts (file, 200000, 1280, 720, 4 * G_GINT64_CONSTANT (1000000000));
      yj_draft_file_set_frame_rate (file, 30);
      yj_draft_file_set_codecs (file, "H.264", "AAC");
    }
  else
    yj_draft_file_set_facts (file, 200000, 0, 0, 4 * G_GINT64_CONSTANT (1000000000));
  return file;
}

/* A draft with nothing to complain about; the slot @but stays empty. */
static inline YjDraft *
new_plain_draft (YjModel *model,
                 int      but)
{
  YjDraft *draft = yj_draft_new (model);
  GListModel *slots = yj_model_get_slots (model);

  yj_draft_set_prompt (draft, "p");
  yj_draft_set_value (draft, "llmid", "known");
  yj_draft_set_value (draft, "duration", "5");
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      if ((int) yj_slot_get_role (slot) != but && (yj_slot_get_minimum (slot) > 0 || yj_slot_get_role (slot) == YJ_SLOT_FIRST_FRAME))
        add_plain (draft, yj_slot_get_role (slot), "plain");
    }
  return draft;
}

/* The worst problem of a unit; one without a word when there is none. */
static inline const YjProblem *
find_problem (GPtrArray   *problems,
              YjLimitUnit  unit)
{
  static const YjProblem nothing = { .severity = 99, .message = (char *) "" };

  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);

      if (problem->unit == unit)
        return problem;
    }

  return &nothing;
}

static inline void
assert_says (const char *message,
             const char *what)
{
  if (strstr (message, what) == NULL)
    g_error ("“%s” does not say “%s”", message, what);
}
