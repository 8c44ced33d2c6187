/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-notes.h"

#define KEY "put-away-notes"

/**
 * yj_notes_collect:
 * @draft: a draft
 *
 * Returns: (transfer full) (element-type Yj.Problem): what yj_draft_validate() says, then what yj_draft_lint() says
 *   without what the person does not want to be told again
 */
GPtrArray *
yj_notes_collect (YjDraft *draft)
{
  GPtrArray *problems = yj_draft_validate (draft);
  g_autoptr(GPtrArray) notes = yj_draft_lint (draft);
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);
  g_auto(GStrv) away = g_settings_get_strv (settings, KEY);

  while (notes->len > 0)
    {
      YjProblem *note = g_ptr_array_steal_index (notes, 0);

      if (note->id != NULL && g_strv_contains ((const char * const *) away, note->id))
        yj_problem_free (note);
      else
        g_ptr_array_add (problems, note);
    }

  return problems;
}

/**
 * yj_notes_find_obstacle:
 * @problems: (element-type Yj.Problem): what is wrong with a draft
 *
 * Returns: (transfer none) (nullable): the problem that must be gone before anything can be sent
 */
const YjProblem *
yj_notes_find_obstacle (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);

      if (problem->severity == YJ_PROBLEM_ERROR && !g_str_equal (problem->field, "llmid"))
        return problem;
    }

  return NULL;
}

/**
 * yj_notes_put_away:
 * @id: the id of a note
 */
void
yj_notes_put_away (const char *id)
{
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);
  g_auto(GStrv) away = g_settings_get_strv (settings, KEY);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) more = NULL;

  if (g_strv_contains ((const char * const *) away, id))
    return;

  g_strv_builder_addv (builder, (const char **) away);
  g_strv_builder_add (builder, id);
  more = g_strv_builder_end (builder);
  g_settings_set_strv (settings, KEY, (const char * const *) more);
}
