/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with the files of several slots together. */
#include "yj-check-private.h"

#include <glib/gi18n.h>

static GListModel *
get_files (YjCheck      *check,
           const YjRule *rule,
           guint         i)
{
  return yj_draft_get_files (check->draft, g_array_index (rule->roles, YjSlotRole, i));
}

/* The file with which the total goes beyond @bound, and the field that it is in. */
static YjDraftFile *
find_last_straw (YjCheck      *check,
                 const YjRule *rule,
                 double        bound,
                 const char  **field)
{
  double sum = 0;

  for (guint i = 0; i < rule->roles->len; i++)
    {
      YjSlot *slot = yj_model_find_slot (check->model, g_array_index (rule->roles, YjSlotRole, i));
      GListModel *files = get_files (check, rule, i);

      for (guint j = 0; slot != NULL && j < g_list_model_get_n_items (files); j++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, j);

          sum += rule->kind == YJ_RULE_TOTAL_BYTES ? (double) yj_draft_file_get_size (file) : 1;
          *field = yj_slot_get_field (slot);
          if (sum > bound)
            return file;        /* the draft holds it */
        }
    }

  return NULL;
}

static void
check_total (YjCheck      *check,
             const YjRule *rule)
{
  g_autofree char *name = NULL, *is = NULL, *can = NULL;
  const char *field = NULL;
  YjDraftFile *file;
  YjBreach breach;
  double sum = 0;

  for (guint i = 0; i < rule->roles->len; i++)
    {
      GListModel *files = get_files (check, rule, i);

      for (guint j = 0; j < g_list_model_get_n_items (files); j++)
        {
          g_autoptr(YjDraftFile) file_j = g_list_model_get_item (files, j);

          sum += rule->kind == YJ_RULE_TOTAL_BYTES ? (double) yj_draft_file_get_size (file_j) : 1;
        }
    }
  if (!yj_check_breaks (&rule->limit, sum, &breach))
    return;

  file = find_last_straw (check, rule, breach.bound, &field);
  if (file == NULL)
    return;
  name = yj_check_dup_file_name (file);
  yj_check_format_pair (rule->limit.unit, sum, breach.bound, &is, &can);
  yj_check_tell_breach (check, &rule->limit, &breach, field, file,
                        rule->kind == YJ_RULE_TOTAL_BYTES
                        /* translators: %1$s: a file name, %2$s and %3$s: an amount of data */
                        ? g_strdup_printf (_("With “%1$s” the files have %2$s together; the model takes at most %3$s."), name, is, can)
                        /* translators: %1$s: a file name, %2$s: attached files, %3$s: files that the model takes */
                        : g_strdup_printf (_("With “%1$s” there are %2$s files; the model takes at most %3$s in all. Remove some."),
                                           name, is, can));
}

/* The labels of the slots that a rule asks for beside the first: "First Frame". */
static char *
dup_companions (YjCheck      *check,
                const YjRule *rule,
                gboolean     *usual)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean picture = FALSE, video = FALSE;

  for (guint i = 1; i < rule->roles->len; i++)
    {
      YjSlot *slot = yj_model_find_slot (check->model, g_array_index (rule->roles, YjSlotRole, i));

      if (slot == NULL)
        continue;
      picture |= yj_slot_get_kind (slot) == YJ_MEDIA_KIND_IMAGE;
      video |= yj_slot_get_kind (slot) == YJ_MEDIA_KIND_VIDEO;
      if (text->len > 0)
        /* translators: between the last two of a list of which one is enough */
        g_string_append (text, _(" or "));
      g_string_append (text, yj_slot_get_label (slot));
    }

  *usual = picture && video;
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* What to add, in words that fit the file. */
static char *
describe_alone (YjCheck      *check,
                const YjRule *rule,
                YjSlot       *slot,
                const char   *name)
{
  gboolean usual;
  g_autofree char *beside = dup_companions (check, rule, &usual);

  if (yj_slot_get_kind (slot) == YJ_MEDIA_KIND_AUDIO && usual)
    /* translators: %s: a file name */
    return g_strdup_printf (_("“%s” is alone: the model takes a sound only beside a picture or a video. Add one."), name);
  if (yj_slot_get_role (slot) == YJ_SLOT_LAST_FRAME && g_array_index (rule->roles, YjSlotRole, 1) == YJ_SLOT_FIRST_FRAME)
    /* translators: %s: a file name */
    return g_strdup_printf (_("“%s” is alone: the model takes a last frame only beside a first frame. Add one."), name);

  /* translators: %1$s: a file name, %2$s and %3$s: places for files, as Reference Audio, Reference Images */
  return g_strdup_printf (_("“%1$s” is alone: the model takes %2$s only beside %3$s. Add one."), name, yj_slot_get_label (slot), beside);
}

static void
check_companion (YjCheck      *check,
                 const YjRule *rule)
{
  YjSlot *slot = yj_model_find_slot (check->model, g_array_index (rule->roles, YjSlotRole, 0));
  g_autoptr(YjDraftFile) file = g_list_model_get_item (get_files (check, rule, 0), 0);
  g_autofree char *name = NULL;
  YjProblem *problem;

  if (slot == NULL || file == NULL)
    return;
  for (guint i = 1; i < rule->roles->len; i++)
    if (g_list_model_get_n_items (get_files (check, rule, i)) > 0)
      return;

  name = yj_check_dup_file_name (file);
  problem = yj_check_tell_of (check, YJ_PROBLEM_LIMIT, yj_slot_get_field (slot), file,
                              describe_alone (check, rule, slot, name));
  problem->unit = YJ_LIMIT_COMPANION;
  problem->source = g_strdup (rule->limit.source);
}

/* The labels of the slots of a group, in use or not: "First Frame, Last Frame". */
static char *
dup_group (YjCheck      *check,
           const YjRule *rule,
           guint         group)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < rule->roles->len; i++)
    {
      YjSlot *slot = yj_model_find_slot (check->model, g_array_index (rule->roles, YjSlotRole, i));

      if (slot == NULL || g_array_index (rule->groups, guint, i) != group)
        continue;
      if (text->len > 0)
        /* translators: between the things of a list */
        g_string_append (text, _(", "));
      g_string_append (text, yj_slot_get_label (slot));
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
check_exclusive (YjCheck      *check,
                 const YjRule *rule)
{
  int first = -1;

  for (guint i = 0; i < rule->roles->len; i++)
    {
      YjSlot *slot = yj_model_find_slot (check->model, g_array_index (rule->roles, YjSlotRole, i));
      g_autoptr(YjDraftFile) file = g_list_model_get_item (get_files (check, rule, i), 0);
      int group = (int) g_array_index (rule->groups, guint, i);
      g_autofree char *name = NULL, *one = NULL, *other = NULL;
      YjProblem *problem;

      if (slot == NULL || file == NULL || group == first)
        continue;
      if (first < 0)
        {
          first = group;
          continue;
        }

      name = yj_check_dup_file_name (file);
      one = dup_group (check, rule, first);
      other = dup_group (check, rule, group);
      problem = yj_check_tell_of (check, YJ_PROBLEM_LIMIT, yj_slot_get_field (slot), file,
                                  /* translators: %1$s: a file name, %2$s and %3$s: places for files, as First Frame, Last Frame */
                                  g_strdup_printf (_("“%1$s” is one too many: the model takes either %2$s or %3$s, not both."),
                                                   name, one, other));
      problem->unit = YJ_LIMIT_EXCLUSIVE;
      problem->source = g_strdup (rule->limit.source);
      return;
    }
}

void
yj_check_rule (YjCheck      *check,
               const YjRule *rule)
{
  switch (rule->kind)
    {
    case YJ_RULE_TOTAL_FILES:
    case YJ_RULE_TOTAL_BYTES:
      check_total (check, rule);
      break;
    case YJ_RULE_NEEDS_COMPANION:
      check_companion (check, rule);
      break;
    case YJ_RULE_EXCLUSIVE:
      check_exclusive (check, rule);
      break;
    }
}
