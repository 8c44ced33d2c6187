/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-usual-words.h"

#include <glib/gi18n.h>

#include "yj-experience.h"
#include "yj-job-text.h"

/* Of so many jobs that are like the ones that taught it. */
static char *
dup_figures (GPtrArray *figures,
             guint      n_jobs)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < figures->len; i++)
    {
      const YjUsualUsage *figure = g_ptr_array_index (figures, i);

      g_string_append (text, i > 0 ? " · " : "");
      if (figure->least < figure->most)
        g_string_append_printf (text, "%s %.12g–%.12g", figure->name, n_jobs * figure->least, n_jobs * figure->most);
      else
        g_string_append_printf (text, "%s %.12g", figure->name, n_jobs * figure->least);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
dup_each (YjUsualWait  wait,
          GPtrArray   *figures)
{
  g_autofree char *cost = dup_figures (figures, 1), *time = yj_job_text_dup_duration (wait.median * 1000);

  if (wait.n > 0 && figures->len > 0)
    /* translators: %1$s: a time as 2:10, %2$s: figures of a price as the platform named them: "credits 10" */
    return g_strdup_printf (_("Usually %1$s · each so far: %2$s"), time, cost);
  if (wait.n > 0)
    /* translators: %s: a time as 2:10 */
    return g_strdup_printf (_("Usually %s · cost unknown"), time);
  if (figures->len > 0)
    /* translators: %s: figures of a price as the platform named them: "credits 10" */
    return g_strdup_printf (_("Each so far: %s"), cost);

  return g_strdup (_("Cost unknown"));
}

/**
 * yj_usual_words_dup:
 * @queue: one's own jobs
 * @draft: what is to be made
 * @n_takes: how often
 *
 * The platform gives no prices in advance, so that what no reply has told is said to be unknown.
 *
 * Returns: (transfer full): the time and cost of one job as one's own taught; of several also what they come to
 */
char *
yj_usual_words_dup (YjJobQueue *queue,
                    YjDraft    *draft,
                    guint       n_takes)
{
  guint n_replies;
  g_autoptr(GPtrArray) figures = yj_experience_list_usage (queue, draft, &n_replies);
  g_autofree char *each = dup_each (yj_experience_get_wait_for (queue, draft), figures), *all = NULL, *cost = NULL;

  if (n_takes < 2)
    return g_steal_pointer (&each);

  cost = dup_figures (figures, n_takes);
  if (figures->len > 0)
    /* translators: %1$d: a number of jobs, %2$s: what each of them cost so far, times that number: "credits 40" */
    all = g_strdup_printf (ngettext ("%1$d job: %2$s", "%1$d jobs: %2$s", n_takes), (int) n_takes, cost);
  else
    all = g_strdup_printf (ngettext ("%d job, charged for itself", "%d jobs, each charged for itself", n_takes), (int) n_takes);
  return g_strdup_printf ("%s · %s", each, all);
}

/**
 * yj_usual_words_dup_cost:
 * @queue: one's own jobs
 * @draft: what is to be made
 *
 * Returns: (transfer full) (nullable): the cost of one job, and from which replies it is known; %NULL: it is not
 */
char *
yj_usual_words_dup_cost (YjJobQueue *queue,
                         YjDraft    *draft)
{
  guint n_replies;
  g_autoptr(GPtrArray) figures = yj_experience_list_usage (queue, draft, &n_replies);
  g_autofree char *cost = dup_figures (figures, 1);

  return figures->len == 0 ? NULL
         /* translators: %1$s: figures as the platform named them: "credits 10", %2$d: a number of jobs */
         : g_strdup_printf (ngettext ("%1$s, in the reply to your last job like this", "%1$s, in the replies to your last %2$d jobs like this",
                                      n_replies), cost, (int) n_replies);
}
