/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-lineage.h"

#include <string.h>

#define MOST_PARENTS 64         /* lines that are read of a row */
#define MOST_IN_CHAIN 64

static const char * const words[] = { "remix", "extend", "frame", "clip", "join" };

/**
 * yj_link_free:
 * @link: (transfer full): a link
 */
void
yj_link_free (YjLink *link)
{
  g_clear_object (&link->job);
  g_free (link);
}

/**
 * yj_lineage_dup_origin:
 * @kind: what was taken
 * @job: whose it is
 *
 * Returns: (transfer full): the words by which a draft or one of its files remembers it
 */
char *
yj_lineage_dup_origin (YjLinkKind  kind,
                       YjJob      *job)
{
  g_return_val_if_fail (YJ_IS_JOB (job), NULL);

  return g_strdup_printf ("%s %s", words[kind], yj_job_get_uuid (job));
}

/* The uuid in @line, NULL when it is none of ours. */
static const char *
parse (const char *line,
       YjLinkKind *kind)
{
  for (guint i = 0; line != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (line, words[i]) && line[strlen (words[i])] == ' ' && g_uuid_string_is_valid (line + strlen (words[i]) + 1))
      {
        *kind = (YjLinkKind) i;
        return line + strlen (words[i]) + 1;
      }
  return NULL;
}

static void
add_line (GPtrArray  *lines,
          const char *line)
{
  YjLinkKind kind;

  if (parse (line, &kind) != NULL && !g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL))
    g_ptr_array_add (lines, g_strdup (line));
}

/**
 * yj_lineage_find_maker:
 * @queue: the jobs there are
 * @file: any file
 *
 * Returns: (transfer none) (nullable): the job that has made this very file, as when its card was dragged to the references
 */
YjJob *
yj_lineage_find_maker (YjJobQueue *queue,
                       GFile      *file)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (queue), i);

      if (yj_job_get_file (job) != NULL && g_file_equal (yj_job_get_file (job), file))
        return job;             /* the queue holds it */
    }
  return NULL;
}

/**
 * yj_lineage_dup_parents:
 * @queue: the jobs there are
 * @draft: what is to be made
 *
 * Returns: (transfer full) (nullable): a line for everything it is made of; %NULL when nothing of it came from a job
 */
char *
yj_lineage_dup_parents (YjJobQueue *queue,
                        YjDraft    *draft)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      GListModel *files = yj_draft_get_files (draft, (YjSlotRole) role);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);
          YjJob *maker = yj_draft_file_get_origin (file) == NULL ? yj_lineage_find_maker (queue, yj_draft_file_get_file (file)) : NULL;
          g_autofree char *line = maker != NULL ? yj_lineage_dup_origin (YJ_LINK_CLIP, maker) : NULL;

          add_line (lines, line != NULL ? line : yj_draft_file_get_origin (file));
        }
    }
  add_line (lines, yj_draft_get_origin (draft));
  if (lines->len == 0)
    return NULL;

  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
add_link (GPtrArray  *links,
          YjLinkKind  kind,
          YjJob      *job)
{
  YjLink *link;

  for (guint i = 0; job != NULL && i < links->len; i++)
    if (((YjLink *) links->pdata[i])->job == job)
      return;
  link = g_new (YjLink, 1);
  link->kind = kind;
  link->job = job != NULL ? g_object_ref (job) : NULL;
  g_ptr_array_add (links, link);
}

/**
 * yj_lineage_list_parents:
 * @queue: the jobs there are
 * @job: one of them
 *
 * Returns: (transfer full) (element-type YjLink): what it was made of; those that were deleted without a job
 */
GPtrArray *
yj_lineage_list_parents (YjJobQueue *queue,
                         YjJob      *job)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_link_free);
  g_auto(GStrv) lines = g_strsplit (yj_job_get_parents (job) != NULL ? yj_job_get_parents (job) : "", "\n", MOST_PARENTS);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      YjLinkKind kind;
      const char *uuid = parse (lines[i], &kind);

      if (uuid != NULL)
        add_link (links, kind, yj_job_queue_find (queue, uuid));
    }
  return links;
}

/* How @job was made of the one with @uuid, if it was. */
static gboolean
find_kind (YjJob      *job,
           const char *uuid,
           YjLinkKind *kind)
{
  const char *parents = yj_job_get_parents (job);
  g_auto(GStrv) lines = NULL;

  if (parents == NULL || strstr (parents, uuid) == NULL)
    return FALSE;
  lines = g_strsplit (parents, "\n", MOST_PARENTS);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strcmp0 (parse (lines[i], kind), uuid) == 0)
      return TRUE;
  return FALSE;
}

/**
 * yj_lineage_list_children:
 * @queue: the jobs there are
 * @job: one of them
 *
 * Returns: (transfer full) (element-type YjLink): what was made of it, the oldest first
 */
GPtrArray *
yj_lineage_list_children (YjJobQueue *queue,
                          YjJob      *job)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_link_free);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (queue)); i-- > 0;)
    {
      g_autoptr(YjJob) other = g_list_model_get_item (G_LIST_MODEL (queue), i);
      YjLinkKind kind;

      if (other != job && find_kind (other, yj_job_get_uuid (job), &kind))
        add_link (links, kind, other);
    }
  return links;
}

static gboolean
is_ready (YjJob *job)
{
  return yj_job_get_state (job) == YJ_JOB_READY && yj_job_get_file (job) != NULL;
}

/* The one that @links lead on to: of several the last. */
static YjJob *
follow (GPtrArray *links,
        GPtrArray *chain)
{
  for (guint i = links->len; i-- > 0;)
    {
      YjLink *link = links->pdata[i];

      if (link->kind == YJ_LINK_EXTEND && link->job != NULL && is_ready (link->job) && !g_ptr_array_find (chain, link->job, NULL))
        return link->job;
    }
  return NULL;
}

/**
 * yj_lineage_list_chain:
 * @queue: the jobs there are
 * @job: one of them
 *
 * Returns: (transfer full) (element-type YjJob): the finished videos of which each begins with the last frame of the one
 *   before, from the first on, @job among them; where several go on from one, the last made
 */
GPtrArray *
yj_lineage_list_chain (YjJobQueue *queue,
                       YjJob      *job)
{
  GPtrArray *chain = g_ptr_array_new_with_free_func (g_object_unref);

  for (YjJob *at = job; at != NULL && chain->len < MOST_IN_CHAIN;)
    {
      g_autoptr(GPtrArray) links = yj_lineage_list_parents (queue, at);

      g_ptr_array_insert (chain, 0, g_object_ref (at));
      at = follow (links, chain);
    }
  for (YjJob *at = job; at != NULL && chain->len < MOST_IN_CHAIN;)
    {
      g_autoptr(GPtrArray) links = yj_lineage_list_children (queue, at);

      at = follow (links, chain);
      if (at != NULL)
        g_ptr_array_add (chain, g_object_ref (at));
    }
  return chain;
}

/**
 * yj_job_is_joined:
 * @job: a job
 *
 * Returns: whether it is a film that was joined here from others: no platform has made it
 */
gboolean
yj_job_is_joined (YjJob *job)
{
  g_return_val_if_fail (YJ_IS_JOB (job), FALSE);

  return yj_job_get_parents (job) != NULL && g_str_has_prefix (yj_job_get_parents (job), "join ");
}
