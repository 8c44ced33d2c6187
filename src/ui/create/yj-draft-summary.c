/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-draft-summary.h"

#include <glib/gi18n.h>

/* A line breaks between the parts, but not between a figure and what it counts. */
static char *
dup_files (YjSlot *slot,
           guint   n)
{
  if (yj_slot_get_maximum (slot) == 1)
    return g_strdup (yj_slot_get_label (slot));

  switch (yj_slot_get_kind (slot))
    {
    case YJ_MEDIA_KIND_VIDEO:
      return yj_text_keep_figures (g_strdup_printf (ngettext ("%d video", "%d videos", n), (int) n));
    case YJ_MEDIA_KIND_AUDIO:
      return yj_text_keep_figures (g_strdup_printf (ngettext ("%d sound", "%d sounds", n), (int) n));
    case YJ_MEDIA_KIND_IMAGE:
    case YJ_MEDIA_KIND_UNKNOWN:
      break;
    }

  return yj_text_keep_figures (g_strdup_printf (ngettext ("%d picture", "%d pictures", n), (int) n));
}

static char *
dup_setting (YjParameter *parameter,
             const char  *value)
{
  if (yj_parameter_get_value_type (parameter) == YJ_PARAMETER_TEXT)
    return g_strdup (yj_parameter_get_label (parameter));
  if (yj_parameter_get_value_type (parameter) == YJ_PARAMETER_SWITCH)
    return g_str_equal (value, "Y") ? g_strdup (yj_parameter_get_label (parameter)) : NULL;

  return yj_parameter_dup_value (parameter, value);
}

/**
 * yj_draft_summary_dup:
 * @draft: a draft
 *
 * Returns: (transfer full): what will be sent to which model, in words
 */
char *
yj_draft_summary_dup (YjDraft *draft)
{
  YjModel *model = yj_draft_get_model (draft);
  GListModel *slots = yj_model_get_slots (model), *parameters = yj_model_get_parameters (model);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;
  g_autofree char *list = NULL;

  g_strv_builder_add (builder, _("the prompt"));
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      guint n = g_list_model_get_n_items (yj_draft_get_files (draft, yj_slot_get_role (slot)));

      if (n > 0)
        g_strv_builder_take (builder, dup_files (slot, n));
    }
  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);
      const char *value = yj_draft_get_value (draft, yj_parameter_get_name (parameter));
      char *text = value != NULL && *value != '\0' ? dup_setting (parameter, value) : NULL;

      if (text != NULL)
        g_strv_builder_take (builder, text);
    }

  parts = g_strv_builder_end (builder);
  /* translators: between the things of a list */
  list = g_strjoinv (_(", "), parts);
  /* translators: %1$s: title of a model, %2$s: a list of what is sent to it */
  return g_strdup_printf (_("To %1$s: %2$s"), yj_model_get_title (model), list);
}

/**
 * yj_draft_summary_dup_difference:
 * @draft: a draft
 * @other: one of the same model
 *
 * Returns: (transfer full): those settings of @draft that @other has otherwise: "480P, 3 s"
 */
char *
yj_draft_summary_dup_difference (YjDraft *draft,
                                 YjDraft *other)
{
  GListModel *parameters = yj_model_get_parameters (yj_draft_get_model (draft));
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);
      const char *value = yj_draft_get_value (draft, yj_parameter_get_name (parameter));
      char *text = NULL;

      if (g_strcmp0 (value, yj_draft_get_value (other, yj_parameter_get_name (parameter))) != 0)
        text = value != NULL && *value != '\0' ? dup_setting (parameter, value)
                                               /* translators: %s: name of a setting such as Resolution */
                                               : g_strdup_printf (_("%s by default"), yj_parameter_get_label (parameter));
      if (text != NULL)
        g_strv_builder_take (builder, text);
    }
  parts = g_strv_builder_end (builder);

  return g_strjoinv (_(", "), parts);
}

/**
 * yj_draft_summary_dup_limits:
 * @drafts: (element-type YjDraft): drafts
 *
 * Returns: (transfer full) (nullable): what goes beyond the documented limits of their models, each in a line of its own that
 *   begins with a line break and, where there are several drafts, with the model; %NULL: nothing does
 */
char *
yj_draft_summary_dup_limits (GPtrArray *drafts)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  for (guint i = 0; i < drafts->len; i++)
    {
      YjDraft *draft = g_ptr_array_index (drafts, i);
      g_autoptr(GPtrArray) problems = yj_draft_validate (draft);

      for (guint j = 0; j < problems->len; j++)
        {
          const YjProblem *problem = g_ptr_array_index (problems, j);

          if (problem->severity != YJ_PROBLEM_LIMIT)
            continue;
          g_string_append_c (lines, '\n');
          if (drafts->len > 1)
            /* translators: %1$s: a model, %2$s: a sentence about what it does not take */
            g_string_append_printf (lines, _("%1$s: %2$s"), yj_model_get_title (yj_draft_get_model (draft)), problem->message);
          else
            g_string_append (lines, problem->message);
        }
    }

  return lines->len > 0 ? g_string_free_and_steal (g_steal_pointer (&lines)) : NULL;
}
