/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a model takes the files of a draft. */
#include "yj-draft-private.h"

#include <glib/gi18n.h>

#include "yj-mend.h"

typedef enum
{
  REASON_NO_PICTURES,
  REASON_NO_VIDEOS,
  REASON_NO_SOUNDS,
  REASON_MANY_PICTURES,
  REASON_MANY_VIDEOS,
  REASON_MANY_SOUNDS,
  REASON_MANY_FILES,
  REASON_SHORT,
  REASON_LONE_SOUND,
  REASON_LONE_FRAME,
  REASON_EXCLUSIVE,
  REASON_OTHER,
  N_REASONS,
} Reason;

static const char * const words[N_REASONS] = {
  N_("no pictures"), N_("no videos"), N_("no sounds"),
  N_("too many pictures"), N_("too many videos"), N_("too many sounds"), N_("too many files"),
  N_("a video is too short"), N_("a sound needs a picture or a video beside it"), N_("a last frame needs a first frame"),
  N_("not together"), N_("beyond a limit"),
};

typedef struct
{
  YjDraft    *shadow;
  GHashTable *refused;          /* of YjDraftFile */
  GHashTable *to_mend;
  gboolean    reasons[N_REASONS];
} Look;

/**
 * yj_fit_free:
 * @fit: (transfer full): a fit
 */
void
yj_fit_free (YjFit *fit)
{
  g_free (fit->reasons);
  g_free (fit);
}

static Reason
count_up (Reason      pictures,
          YjMediaKind kind)
{
  switch (kind)
    {
    case YJ_MEDIA_KIND_IMAGE:
      return pictures;
    case YJ_MEDIA_KIND_VIDEO:
      return pictures + 1;
    case YJ_MEDIA_KIND_AUDIO:
      return pictures + 2;
    case YJ_MEDIA_KIND_UNKNOWN:
      break;
    }

  return REASON_OTHER;
}

static gboolean
takes_kind (YjModel    *model,
            YjMediaKind kind)
{
  GListModel *slots = yj_model_get_slots (model);

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      if (yj_slot_get_kind (slot) == kind)
        return TRUE;
    }

  return FALSE;
}

/* What found no place in any slot. */
static void
look_at_parked (Look *look)
{
  GListModel *parked = yj_draft_get_parked (look->shadow);

  for (guint i = 0; i < g_list_model_get_n_items (parked); i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (parked, i);
      YjMediaKind kind = yj_draft_file_get_kind (file);
      gboolean taken = takes_kind (yj_draft_get_model (look->shadow), kind);

      look->reasons[count_up (taken ? REASON_MANY_PICTURES : REASON_NO_PICTURES, kind)] = TRUE;
      g_hash_table_add (look->refused, file);   /* the draft holds it */
    }
}

/* The files of a slot from the one that is one too many on. */
static void
refuse_rest (Look        *look,
             YjDraftFile *first)
{
  for (guint role = 0; role < YJ_N_ROLES; role++)
    {
      GListModel *files = yj_draft_get_files (look->shadow, (YjSlotRole) role);
      gboolean beyond = FALSE;

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

          beyond |= file == first;
          if (beyond)
            g_hash_table_add (look->refused, file);
        }
    }
}

/* Whether there is a way for this very file. */
static gboolean
can_mend (Look            *look,
          const YjProblem *problem)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (look->shadow));

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      g_autoptr(YjMend) mend = NULL;

      if (!g_str_equal (yj_slot_get_field (slot), problem->field))
        continue;
      mend = yj_mend_new (look->shadow, slot, problem->file, NULL);
      return mend != NULL;
    }

  return FALSE;
}

static void
look_at_problem (Look            *look,
                 const YjProblem *problem)
{
  /* one that is gone is no matter of the model */
  if (problem->severity == YJ_PROBLEM_NOTE || problem->file == NULL || yj_draft_file_get_state (problem->file) != YJ_FILE_THERE)
    return;

  if (yj_problem_is_mendable (problem) && can_mend (look, problem))
    {
      g_hash_table_add (look->to_mend, problem->file);
      return;
    }

  switch ((int) problem->unit)
    {
    case YJ_LIMIT_COUNT:
      refuse_rest (look, problem->file);
      look->reasons[count_up (REASON_MANY_PICTURES, yj_draft_file_get_kind (problem->file))] = TRUE;
      return;
    case YJ_LIMIT_COMPANION:
      refuse_rest (look, problem->file);
      look->reasons[yj_draft_file_get_kind (problem->file) == YJ_MEDIA_KIND_AUDIO ? REASON_LONE_SOUND : REASON_LONE_FRAME] = TRUE;
      return;
    case YJ_LIMIT_EXCLUSIVE:
      refuse_rest (look, problem->file);
      look->reasons[REASON_EXCLUSIVE] = TRUE;
      return;
    case YJ_LIMIT_DURATION:
      look->reasons[REASON_SHORT] = TRUE;
      break;
    default:
      look->reasons[REASON_OTHER] = TRUE;
      break;
    }
  g_hash_table_add (look->refused, problem->file);
}

static guint
count_files (YjDraft *draft)
{
  guint n = g_list_model_get_n_items (yj_draft_get_parked (draft));

  for (guint role = 0; role < YJ_N_ROLES; role++)
    n += g_list_model_get_n_items (yj_draft_get_files (draft, (YjSlotRole) role));

  return n;
}

static char *
dup_reasons (const Look *look)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_REASONS; i++)
    if (look->reasons[i])
      /* translators: between the things of a list */
      g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", _(words[i]));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * yj_draft_fit:
 * @self: a draft
 * @model: any model
 *
 * Tries in thought what yj_draft_set_model() would do with the files, and holds them against the limits that the
 * platform or the model's makers document (the loosest figures). What is not known of a file yet is taken to be fine.
 *
 * Returns: (transfer full): how well @model takes the files
 */
YjFit *
yj_draft_fit (YjDraft *self,
              YjModel *model)
{
  g_autoptr(GHashTable) refused = g_hash_table_new (NULL, NULL), to_mend = g_hash_table_new (NULL, NULL);
  g_autoptr(YjDraft) shadow = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  GHashTableIter iter;
  gpointer file;
  YjFit *fit;
  Look look;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);
  g_return_val_if_fail (YJ_IS_MODEL (model), NULL);

  shadow = yj_draft_new_shadow (self, model);
  problems = yj_draft_validate (shadow);
  look = (Look) { .shadow = shadow, .refused = refused, .to_mend = to_mend };
  look_at_parked (&look);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < problems->len; i++)
      {
        const YjProblem *problem = g_ptr_array_index (problems, i);
        gboolean about_several = problem->unit == YJ_LIMIT_COUNT || problem->unit == YJ_LIMIT_COMPANION ||
                                 problem->unit == YJ_LIMIT_EXCLUSIVE;

        /* what is one too many needs no second reason */
        if (about_several == (pass == 0) && (about_several || !g_hash_table_contains (refused, problem->file)))
          look_at_problem (&look, problem);
      }

  g_hash_table_iter_init (&iter, refused);
  while (g_hash_table_iter_next (&iter, &file, NULL))
    g_hash_table_remove (to_mend, file);

  fit = g_new0 (YjFit, 1);
  fit->total = count_files (shadow);
  fit->taken = fit->total - g_hash_table_size (refused);
  fit->to_mend = g_hash_table_size (to_mend);
  fit->verdict = fit->taken < fit->total ? YJ_FIT_SOME : fit->to_mend > 0 ? YJ_FIT_MENDABLE : YJ_FIT_ALL;
  if (fit->verdict == YJ_FIT_SOME)
    fit->reasons = dup_reasons (&look);
  return fit;
}

/**
 * yj_fit_dup_text:
 * @fit: a fit
 *
 * Returns: (transfer full) (nullable): it in a few words, such as "Takes 4 of 5: too many videos"; %NULL when there
 *   are no files
 */
char *
yj_fit_dup_text (const YjFit *fit)
{
  g_return_val_if_fail (fit != NULL, NULL);

  if (fit->total == 0)
    return NULL;

  switch (fit->verdict)
    {
    case YJ_FIT_ALL:
      return g_strdup (_("Takes all"));
    case YJ_FIT_MENDABLE:
      return g_strdup (_("Needs Fix"));
    case YJ_FIT_SOME:
      break;
    }
  if (fit->taken == 0)
    /* translators: of the attached files; %s: why, such as "no videos, too many pictures" */
    return g_strdup_printf (_("Takes none: %s"), fit->reasons);
  if (fit->to_mend > 0)
    /* translators: %1$d of %2$d attached files; %3$s: why not the others, such as "no videos, too many pictures" */
    return g_strdup_printf (_("Takes %1$d of %2$d: %3$s; needs Fix"), (int) fit->taken, (int) fit->total, fit->reasons);

  /* translators: %1$d of %2$d attached files; %3$s: why not the others, such as "no videos, too many pictures" */
  return g_strdup_printf (_("Takes %1$d of %2$d: %3$s"), (int) fit->taken, (int) fit->total, fit->reasons);
}
