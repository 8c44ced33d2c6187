/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-compare-facts"

#include "yj-compare-facts.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"

/* One kind of fact, of each video. */
typedef struct
{
  char *label;
  char *values[8];              /* by which they are told apart, NULL: has none */
  char *words[8];               /* that are shown for it; NULL: that it differs */
} Fact;

static void
fact_free (gpointer data)
{
  Fact *fact = data;

  for (guint i = 0; i < G_N_ELEMENTS (fact->values); i++)
    {
      g_free (fact->values[i]);
      g_free (fact->words[i]);
    }
  g_free (fact->label);
  g_free (fact);
}

static void
add (GPtrArray  *facts,
     guint       index,
     const char *label,
     const char *value,
     const char *words)
{
  Fact *fact = NULL;

  for (guint i = 0; i < facts->len && fact == NULL; i++)
    if (g_str_equal (((Fact *) facts->pdata[i])->label, label))
      fact = facts->pdata[i];
  if (fact == NULL)
    {
      fact = g_new0 (Fact, 1);
      fact->label = g_strdup (label);
      g_ptr_array_add (facts, fact);
    }
  g_set_str (&fact->values[index], value);
  g_set_str (&fact->words[index], words);
}

static void
add_draft (GPtrArray *facts,
           guint      index,
           YjDraft   *draft)
{
  YjModel *model = yj_draft_get_model (draft);
  GListModel *parameters = yj_model_get_parameters (model), *slots = yj_model_get_slots (model);

  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);
      const char *value = yj_draft_get_value (draft, yj_parameter_get_name (parameter));
      g_autofree char *words = value != NULL && *value != '\0' ? yj_parameter_dup_value (parameter, value) : NULL;

      if (words != NULL)
        add (facts, index, yj_parameter_get_label (parameter), value, words);
    }
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      GListModel *files = yj_draft_get_files (draft, yj_slot_get_role (slot));
      g_autoptr(GString) names = g_string_new (NULL);

      for (guint j = 0; j < g_list_model_get_n_items (files); j++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, j);
          g_autofree char *uri = g_file_get_uri (yj_draft_file_get_file (file));

          g_string_append_printf (names, "%s\n", uri);
        }
      if (names->len > 0)
        add (facts, index, yj_slot_get_label (slot), names->str, NULL);
    }
}

static gboolean
differs (const Fact *fact,
         guint       n)
{
  for (guint i = 1; i < n; i++)
    if (g_strcmp0 (fact->values[i], fact->values[0]) != 0)
      return TRUE;
  return FALSE;
}

static void
add_result (GPtrArray *facts,
            guint      index,
            YjJob     *job)
{
  g_autofree char *size = NULL, *length = NULL;

  if (yj_job_get_duration (job) > 0)
    {
      length = g_strdup_printf (_("%.2f s"), (double) yj_job_get_duration (job) / 1e9);
      add (facts, index, _("Length"), length, length);
    }
  if (yj_job_get_width (job) > 0)
    {
      size = g_strdup_printf ("%d × %d", yj_job_get_width (job), yj_job_get_height (job));
      add (facts, index, _("Size"), size, size);
    }
}

static char *
dup_line (GPtrArray *facts,
          guint      index,
          guint      n,
          gboolean   prompts)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      const Fact *fact = facts->pdata[i];
      const char *words = fact->values[index] == NULL ? _("none") : fact->words[index] == NULL ? _("differs") : fact->words[index];

      if (i == 0 || (i == 1 && !prompts) || !differs (fact, n))         /* the prompt, and the model where it is the name */
        continue;
      /* translators: a setting and its value */
      g_string_append_printf (line, "%s", line->len > 0 ? " · " : "");
      g_string_append_printf (line, _("%1$s: %2$s"), fact->label, words);
    }
  if (line->len == 0 && !differs (facts->pdata[0], n) && !differs (facts->pdata[1], n))
    return g_strdup (_("Same recipe"));
  return g_string_free_and_steal (g_steal_pointer (&line));
}

/**
 * yj_compare_facts_list:
 * @queue: the jobs
 * @jobs: (element-type YjJob): two to eight of them
 * @names: (out) (transfer full): what each is best called: its prompt where these differ, else its model
 *
 * Returns: (transfer full): for each what its recipe and its video have otherwise than the others
 */
GStrv
yj_compare_facts_list (YjJobQueue *queue,
                       GPtrArray  *jobs,
                       GStrv      *names)
{
  g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func (fact_free);
  g_autoptr(GStrvBuilder) lines = g_strv_builder_new (), titles = g_strv_builder_new ();
  gboolean prompts;

  g_return_val_if_fail (jobs->len >= 2 && jobs->len <= 8, NULL);

  for (guint i = 0; i < jobs->len; i++)
    {
      YjJob *job = jobs->pdata[i];
      g_autoptr(YjDraft) draft = yj_job_queue_new_draft (queue, job, NULL);
      const char *prompt = *yj_job_get_prompt (job) != '\0' ? yj_job_get_prompt (job) : _("Without words");
      const char *model = draft != NULL ? yj_model_get_title (yj_draft_get_model (draft)) : yj_job_get_model_name (job);

      add (facts, i, _("Prompt"), prompt, prompt);
      add (facts, i, _("Model"), model, model);
      add_result (facts, i, job);
      if (draft != NULL)
        add_draft (facts, i, draft);
    }
  prompts = differs (facts->pdata[0], jobs->len);
  for (guint i = 0; i < jobs->len; i++)
    {
      const char *title = ((Fact *) facts->pdata[prompts ? 0 : 1])->values[i];

      g_strv_builder_add (titles, title != NULL ? title : "");
      g_strv_builder_take (lines, dup_line (facts, i, jobs->len, prompts));
    }
  *names = g_strv_builder_end (titles);
  return g_strv_builder_end (lines);
}
