/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is allowed in a draft, but would hardly be meant so. */
#include "yj-check-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "yj-mend.h"
#include "yj-mention-private.h"
#include "yj-prompt-text.h"

/* ---- mentions */

/* The prompt without the first piece or word that is written so, and without one of the spaces around it. */
static char *
dup_without (YjCheck    *check,
             const char *word)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (yj_draft_get_prompt_source (check->draft));
  GString *text = g_string_new (NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      g_autofree char *plain = g_strndup (piece->text, piece->length);
      const char *rest, *place = NULL;
      char next;

      if (!found && piece->id == NULL)
        place = strstr (plain, word);
      else if (!found && word[0] == '@' && g_str_equal (piece->name, word + 1))
        place = plain;
      if (place == NULL)
        {
          g_string_append (text, plain);
          continue;
        }

      found = TRUE;
      g_string_append_len (text, plain, place - plain);
      rest = piece->id == NULL ? place + strlen (word) : "";
      if (*rest != '\0')
        next = *rest;
      else
        next = i + 1 < pieces->len ? *((YjPromptPiece *) g_ptr_array_index (pieces, i + 1))->text : '\0';
      if (next == ' ' || next == '\0')
        while (text->len > 0 && text->str[text->len - 1] == ' ')
          g_string_truncate (text, text->len - 1);
      g_string_append (text, rest);
    }

  return g_string_free_and_steal (text);
}

/* Whether the first mention that is written so means a file that waits for a model with room for it. */
static gboolean
is_of_parked (YjCheck    *check,
              const char *word)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (yj_draft_get_prompt_source (check->draft));

  for (guint i = 0; word[0] == '@' && i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      gboolean attached;

      if (piece->id != NULL && g_str_equal (piece->name, word + 1))
        return yj_draft_find_file (check->draft, piece->id, &attached) != NULL && !attached;
    }

  return FALSE;
}

/* One after the other: each remedy changes the prompt. */
static void
lint_missing (YjCheck *check)
{
  g_auto(GStrv) missing = yj_draft_dup_missing_mentions (check->draft);
  g_autofree char *rest = NULL;
  YjProblem *problem;

  if (missing[0] == NULL)
    return;

  rest = dup_without (check, missing[0]);
  problem = yj_check_tell (check, YJ_PROBLEM_NOTE, "prompt", is_of_parked (check, missing[0])
                           /* translators: %s: how the prompt means a file, as “@cat” */
                           ? g_strdup_printf (_("The prompt mentions “%s”, which is set aside and not sent."), missing[0])
                           /* translators: %s: how the prompt means a file, as “@cat” or “[Image 3]” */
                           : g_strdup_printf (_("The prompt mentions “%s”, but no such reference is attached."), missing[0]));
  yj_problem_set_remedy (problem, g_strdup (_("Remove the Mention")), "prompt-source", rest);
}

static void
lint_unmentioned (YjCheck *check)
{
  g_autoptr(GPtrArray) files = yj_draft_list_attached (check->draft);
  g_autoptr(GString) words = g_string_new (NULL), longer = g_string_new (yj_draft_get_prompt_source (check->draft));
  gboolean chinese = yj_prompt_text_is_chinese (longer->str);
  YjProblem *problem;
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    {
      YjDraftFile *file = g_ptr_array_index (files, i);
      g_autofree char *word = yj_draft_dup_mention (check->draft, file), *label = NULL, *mention = NULL;

      if (word == NULL || yj_draft_is_mentioned (check->draft, file))
        continue;
      label = yj_draft_dup_label (check->draft, file);
      mention = yj_prompt_text_mention (yj_draft_file_get_id (file), label);
      g_string_append_printf (words, "%s@%s", n++ > 0 ? " " : "", label);
      if (!chinese && !g_str_has_suffix (longer->str, " ") && !g_str_has_suffix (longer->str, "\n"))
        g_string_append_c (longer, ' ');
      g_string_append (longer, mention);
    }
  if (n == 0)
    return;

  problem = yj_check_tell (check, YJ_PROBLEM_NOTE, "prompt",
                           /* translators: %s: names of files, as “@cat @dog” */
                           g_strdup_printf (ngettext ("A reference is attached that the prompt does not mention: %s",
                                                      "References are attached that the prompt does not mention: %s", n),
                                            words->str));
  yj_problem_set_remedy (problem, g_strdup (ngettext ("Mention It", "Mention Them", n)), "prompt-source", longer->str);
}

/* ---- shapes */
static double
get_shape (YjDraft     *draft,
           YjSlotRole   role,
           YjDraftFile **file)
{
  g_autoptr(YjDraftFile) first = g_list_model_get_item (yj_draft_get_files (draft, role), 0);

  *file = first;                /* the draft holds it */
  return first != NULL && yj_draft_file_get_height (first) > 0
         ? (double) yj_draft_file_get_width (first) / yj_draft_file_get_height (first) : 0;
}

static double
distance (double one,
          double other)
{
  return fabs (log (one / other));
}

gboolean
yj_check_is_same_shape (double one,
                        double other)
{
  return distance (one, other) <= YJ_SAME_SHAPE;
}

/* 16:9 where it is one of those that people know, else 2:3 where small numbers say it, else 1.87:1. */
static char *
dup_shape (double shape)
{
  const char *nearest = yj_ratio_get_nearest (shape);
  g_autofree char *number = NULL;

  if (yj_check_is_same_shape (yj_ratio_parse (nearest), shape))
    return g_strdup (nearest);
  for (int sum = 3; sum < 15; sum++)
    for (int high = 1; high < sum; high++)
      if (distance ((double) (sum - high) / high, shape) < YJ_SAME_SHAPE / 10)
        return g_strdup_printf ("%d:%d", sum - high, high);

  number = yj_check_format_number (shape);
  return g_strdup_printf ("%s:1", number);
}

/* The value that comes nearest to @shape; of sizes, one of the same number of pixels. */
static const char *
find_shape (YjParameter *parameter,
            const char  *value,
            double       shape)
{
  const char * const *allowed = yj_parameter_get_allowed (parameter);
  const char *best = value, *ratio, *wanted = NULL, *resolution = NULL;

  yj_size_describe (value, &ratio, &wanted);
  for (guint i = 0; allowed != NULL && allowed[i] != NULL; i++)
    {
      double its = yj_ratio_parse (allowed[i]);

      if (its <= 0 || (yj_size_describe (allowed[i], &ratio, &resolution) && g_strcmp0 (resolution, wanted) != 0))
        continue;
      if (distance (its, shape) < distance (yj_ratio_parse (best), shape))
        best = allowed[i];
    }

  return best;
}

/* What becomes of a first frame that is not of the shape that is set. */
static char *
describe_first_frame (YjCheck     *check,
                      YjParameter *parameter,
                      const char  *name,
                      const char  *is,
                      const char  *chosen)
{
  if (yj_model_get_parts (check->model)->first_frame_sets_ratio == NULL)
    /* translators: %1$s: a file name, %2$s and %3$s: ratios as 16:9 */
    return g_strdup_printf (_("“%1$s” is %2$s and the video %3$s: the first frame will be cropped or padded."), name, is, chosen);
  if (g_str_equal (yj_parameter_get_meaning (parameter), "size"))
    /* translators: %1$s: a file name, %2$s and %3$s: ratios as 16:9 */
    return g_strdup_printf (_("“%1$s” is %2$s and the size %3$s: the video takes the shape of the first frame, and of the size only the resolution counts."),
                            name, is, chosen);

  /* translators: %1$s: a file name, %2$s and %3$s: ratios as 16:9 */
  return g_strdup_printf (_("“%1$s” is %2$s and the ratio %3$s: the video takes the shape of the first frame, and the ratio does not count."),
                          name, is, chosen);
}

static void
lint_first_frame (YjCheck *check)
{
  YjParameter *parameter = yj_model_find_parameter (check->model, "ratio");
  g_autofree char *name = NULL, *is = NULL, *chosen = NULL;
  const char *value, *better = NULL;
  YjDraftFile *file;
  YjProblem *problem;
  double shape = get_shape (check->draft, YJ_SLOT_FIRST_FRAME, &file);

  if (parameter == NULL)
    parameter = yj_model_find_parameter (check->model, "size");
  value = parameter != NULL ? yj_draft_get_value (check->draft, yj_parameter_get_name (parameter)) : NULL;
  if (shape <= 0 || value == NULL || yj_ratio_parse (value) <= 0 || yj_check_is_same_shape (yj_ratio_parse (value), shape))
    return;

  if (yj_parameter_get_allowed (parameter) != NULL)
    better = yj_parameter_accept (parameter, "adaptive");
  if (better == NULL)
    better = find_shape (parameter, value, shape);
  if (g_str_equal (better, value))
    return;                     /* there is none that fits better */

  name = yj_check_dup_file_name (file);
  is = dup_shape (shape);
  chosen = dup_shape (yj_ratio_parse (value));
  problem = yj_check_tell (check, YJ_PROBLEM_NOTE, yj_parameter_get_name (parameter),
                           describe_first_frame (check, parameter, name, is, chosen));
  problem->source = g_strdup (yj_model_get_parts (check->model)->first_frame_sets_ratio);
  yj_problem_set_remedy (problem, yj_ratio_parse (better) <= 0
                                  ? g_strdup (_("Follow the Picture"))
                                  : yj_check_dup_use (parameter, better),
                         yj_parameter_get_name (parameter), better);
}

/* Whether the file needs nothing but the other shape: of what else is wrong with it, validation tells with a Fix. */
static gboolean
can_only_be_shaped (YjCheck     *check,
                    YjSlot      *slot,
                    YjDraftFile *file)
{
  g_autoptr(YjMend) alone = yj_mend_new (NULL, slot, file, NULL), beside = yj_mend_new (check->draft, slot, file, NULL);

  return alone == NULL && beside != NULL;
}

static void
lint_last_frame (YjCheck *check)
{
  YjDraftFile *first, *last;
  double shape = get_shape (check->draft, YJ_SLOT_FIRST_FRAME, &first), other = get_shape (check->draft, YJ_SLOT_LAST_FRAME, &last);
  YjSlot *slot = yj_model_find_slot (check->model, YJ_SLOT_LAST_FRAME);
  const char *cropped = yj_model_get_parts (check->model)->last_frame_cropped;
  g_autofree char *name = NULL, *one = NULL, *two = NULL;
  YjProblem *problem;

  if (slot == NULL || shape <= 0 || other <= 0 || yj_check_is_same_shape (shape, other))
    return;

  name = yj_check_dup_file_name (last);
  one = dup_shape (other);
  two = dup_shape (shape);
  problem = yj_check_tell_of (check, YJ_PROBLEM_NOTE, yj_slot_get_field (slot), last,
                              cropped != NULL
                              /* translators: %1$s: a file name, %2$s and %3$s: ratios as 16:9 */
                              ? g_strdup_printf (_("“%1$s” is %2$s and the first frame %3$s: the last frame will be cropped."), name, one, two)
                              /* translators: %1$s: a file name, %2$s and %3$s: ratios as 16:9 */
                              : g_strdup_printf (_("“%1$s” is %2$s and the first frame %3$s: the last frame may be cropped or distorted."),
                                                 name, one, two));
  problem->source = g_strdup (cropped);
  problem->can_mend = can_only_be_shaped (check, slot, last);
  problem->unit = YJ_LIMIT_RATIO;
  problem->value = other;
  problem->bound = shape;
}

/* ---- twice the same */
static char *
dup_twin_message (YjDraftFile *file,
                  YjDraftFile *other)
{
  g_autofree char *name = yj_check_dup_file_name (file), *its = yj_check_dup_file_name (other);

  switch (yj_draft_file_get_kind (file))
    {
    case YJ_MEDIA_KIND_VIDEO:
      /* translators: two file names */
      return g_strdup_printf (_("“%1$s” is the same video as “%2$s”."), name, its);
    case YJ_MEDIA_KIND_AUDIO:
      /* translators: two file names */
      return g_strdup_printf (_("“%1$s” is the same sound as “%2$s”."), name, its);
    case YJ_MEDIA_KIND_IMAGE:
    case YJ_MEDIA_KIND_UNKNOWN:
      break;
    }

  /* translators: two file names */
  return g_strdup_printf (_("“%1$s” is the same picture as “%2$s”."), name, its);
}

/* The earlier file of the slot with the same bytes. */
static YjDraftFile *
find_twin (GListModel  *files,
           YjDraftFile *file)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(YjDraftFile) other = g_list_model_get_item (files, i);

      if (other == file)
        return NULL;
      if (g_strcmp0 (yj_draft_file_get_digest (other), yj_draft_file_get_digest (file)) == 0)
        return other;           /* the draft holds it */
    }

  return NULL;
}

/* Within a slot: that a clip ends with the frame with which it begins may well be meant. */
static void
lint_twins (YjCheck *check)
{
  GListModel *slots = yj_model_get_slots (check->model);

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      GListModel *files = yj_draft_get_files (check->draft, yj_slot_get_role (slot));

      for (guint j = 0; j < g_list_model_get_n_items (files); j++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, j);
          YjDraftFile *twin = yj_draft_file_get_digest (file) != NULL ? find_twin (files, file) : NULL;
          /* the prompt goes on to mean the one that stays */
          gboolean swap = twin != NULL && yj_draft_is_mentioned (check->draft, file) && !yj_draft_is_mentioned (check->draft, twin);

          if (twin == NULL)
            continue;
          yj_check_tell_of (check, YJ_PROBLEM_NOTE, yj_slot_get_field (slot), swap ? twin : file,
                            dup_twin_message (swap ? twin : file, swap ? file : twin))->can_remove = TRUE;
        }
    }
}

/* ---- what the model does unasked */
static void
lint_surprises (YjCheck *check)
{
  GPtrArray *surprises = yj_model_get_parts (check->model)->surprises;

  for (guint i = 0; i < surprises->len; i++)
    {
      const YjSurprise *surprise = g_ptr_array_index (surprises, i);
      YjProblem *problem = yj_check_tell (check, YJ_PROBLEM_NOTE, "model", g_strdup (surprise->text));

      problem->id = g_strdup_printf ("%s/%s", yj_model_get_name (check->model), surprise->id);
      problem->source = g_strdup (surprise->source);
    }
}

/**
 * yj_draft_lint:
 * @self: a draft
 *
 * Looks for what is allowed but would hardly be meant: references that the prompt does not mention and mentions of
 * none, a first frame of another shape than the video, a file that is attached twice, speech that is not marked as such,
 * what a model does unasked. All of them are notes, most with a remedy; notes about the model have an id by which a person can put them away.
 *
 * Returns: (transfer full) (element-type Yj.Problem): the notes
 */
GPtrArray *
yj_draft_lint (YjDraft *self)
{
  YjCheck check;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  check = (YjCheck) { self, yj_draft_get_model (self), g_ptr_array_new_with_free_func ((GDestroyNotify) yj_problem_free) };
  if (*yj_draft_get_prompt (self) != '\0')
    {
      lint_missing (&check);
      lint_unmentioned (&check);
      yj_check_speech (&check);
    }
  lint_first_frame (&check);
  lint_last_frame (&check);
  lint_twins (&check);
  lint_surprises (&check);
  return check.problems;
}
