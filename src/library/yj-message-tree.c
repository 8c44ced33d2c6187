/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-message"

#include "yj-message-tree.h"

/* Nodes are linked by hand: a long conversation is one long thread of them, so nothing here may recurse. */
struct _YjMessageNode
{
  YjMessage     *message;       /* NULL: the root */
  YjMessageNode *parent;
  YjMessageNode *first;
  YjMessageNode *last;
  YjMessageNode *next;          /* the next younger child of parent */
};

struct _YjMessageTree
{
  YjMessageNode  root;
  GPtrArray     *nodes;         /* all but the root */
};

static void
node_free (gpointer data)
{
  YjMessageNode *node = data;

  node->message->node = NULL;
  g_object_unref (node->message);
  g_free (node);
}

YjMessageTree *
yj_message_tree_new (void)
{
  YjMessageTree *self = g_new0 (YjMessageTree, 1);

  self->nodes = g_ptr_array_new_with_free_func (node_free);
  return self;
}

void
yj_message_tree_free (YjMessageTree *self)
{
  g_ptr_array_unref (self->nodes);
  g_free (self);
}

static YjMessageNode *
get_node (YjMessageTree *self,
          YjMessage     *message)
{
  return message != NULL ? message->node : &self->root;
}

/* Behind its older siblings: nearly always that is at the end. */
static void
link_below (YjMessageNode *parent,
            YjMessageNode *node)
{
  YjMessageNode *before = parent->last;

  if (before != NULL && before->message->key > node->message->key)
    {
      before = NULL;
      for (YjMessageNode *child = parent->first; child->message->key < node->message->key; child = child->next)
        before = child;
    }
  node->parent = parent;
  node->next = before != NULL ? before->next : parent->first;
  if (before != NULL)
    before->next = node;
  else
    parent->first = node;
  if (node->next == NULL)
    parent->last = node;
  node->message->parent = parent->message != NULL ? parent->message->key : 0;
}

static gboolean
is_there (YjMessageNode *node)
{
  return node->message->trashed == 0;
}

/* The child that is shown. Of two that say the same the younger one, as nothing younger was chosen. */
static YjMessageNode *
get_chosen (YjMessageNode *parent)
{
  YjMessageNode *chosen = NULL;

  for (YjMessageNode *child = parent->first; child != NULL; child = child->next)
    if (is_there (child) && (chosen == NULL || child->message->chosen >= chosen->message->chosen))
      chosen = child;
  return chosen;
}

void
yj_message_tree_add (YjMessageTree *self,
                     YjMessage     *parent,
                     YjMessage     *message)
{
  YjMessageNode *node = g_new0 (YjMessageNode, 1);

  g_assert (message->node == NULL);

  node->message = g_object_ref (message);
  message->node = node;
  link_below (get_node (self, parent), node);
  g_ptr_array_add (self->nodes, node);
}

gboolean
yj_message_tree_is_empty (YjMessageTree *self)
{
  return self->nodes->len == 0;
}

YjMessage *
yj_message_tree_get_parent (YjMessageTree *self,
                            YjMessage     *message)
{
  return message->node->parent->message;
}

GPtrArray *
yj_message_tree_list_children (YjMessageTree *self,
                               YjMessage     *parent)
{
  GPtrArray *list = g_ptr_array_new ();

  for (YjMessageNode *child = get_node (self, parent)->first; child != NULL; child = child->next)
    if (is_there (child))
      g_ptr_array_add (list, child->message);
  return list;
}

YjMessage *
yj_message_tree_find (YjMessageTree *self,
                      gint64         key)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      YjMessageNode *node = self->nodes->pdata[i];

      if (yj_message_get_key (node->message) == key && is_there (node))
        return node->message;
    }
  return NULL;
}

GPtrArray *
yj_message_tree_list_branch (YjMessageTree *self)
{
  GPtrArray *list = g_ptr_array_sized_new (self->nodes->len);

  for (YjMessageNode *node = get_chosen (&self->root); node != NULL; node = get_chosen (node))
    g_ptr_array_add (list, node->message);
  return list;
}

GPtrArray *
yj_message_tree_choose (YjMessageTree *self,
                        YjMessage     *message)
{
  GPtrArray *changed = g_ptr_array_new ();

  for (YjMessageNode *node = message->node; node != &self->root; node = node->parent)
    {
      YjMessageNode *chosen = get_chosen (node->parent);

      if (chosen == node)
        continue;
      /* Later than all others, whatever the clock says. */
      node->message->chosen = MAX (g_get_real_time (), chosen != NULL ? chosen->message->chosen + 1 : 0);
      g_ptr_array_add (changed, node->message);
    }
  return changed;
}

/* The node after @node in the tree below @top, its own children first; NULL: that was all. */
static YjMessageNode *
walk (YjMessageNode *top,
      YjMessageNode *node)
{
  if (node->first != NULL)
    return node->first;
  while (node != top && node->next == NULL)
    node = node->parent;
  return node != top ? node->next : NULL;
}

static GPtrArray *
change_trashed (YjMessageNode *top,
                gint64         from,
                gint64         to)
{
  GPtrArray *changed = g_ptr_array_new ();

  for (YjMessageNode *node = top; node != NULL; node = walk (top, node))
    if (node->message->trashed == from)
      {
        node->message->trashed = to;
        g_ptr_array_add (changed, node->message);
      }
  return changed;
}

GPtrArray *
yj_message_tree_trash (YjMessageTree *self,
                       YjMessage     *message,
                       gint64         when)
{
  return change_trashed (message->node, 0, when);
}

GPtrArray *
yj_message_tree_restore (YjMessageTree *self,
                         YjMessage     *message)
{
  GPtrArray *changed = change_trashed (message->node, message->trashed, 0);

  /* What it hangs below may have been deleted later. That comes back too, else this one would be nowhere, and with all
     that went with it: nobody could bring back the rest. */
  for (YjMessageNode *node = message->node->parent; node->message != NULL; node = node->parent)
    if (!is_there (node))
      {
        g_autoptr(GPtrArray) above = change_trashed (node, node->message->trashed, 0);

        g_ptr_array_extend (changed, above, NULL, NULL);
      }
  return changed;
}

void
yj_message_tree_adopt (YjMessageTree *self,
                       YjMessage     *message,
                       YjMessage     *from)
{
  YjMessageNode *child = from->node->first, *next;

  from->node->first = from->node->last = NULL;
  for (; child != NULL; child = next)
    {
      next = child->next;
      link_below (message->node, child);
    }
}

static guint
count_below (YjMessageNode *top)
{
  guint n = 0;

  for (YjMessageNode *node = walk (top, top); node != NULL; node = walk (top, node))
    n += is_there (node);
  return n;
}

guint
yj_message_tree_count_below (YjMessageTree *self,
                             YjMessage     *message)
{
  return count_below (message->node);
}

/* What following up on @node has led to: not counting the answers that a question has anyway. */
static guint
count_further (YjMessageNode *node)
{
  guint n = count_below (node);

  if (node->message->role == YJ_MESSAGE_USER)
    for (YjMessageNode *child = node->first; child != NULL; child = child->next)
      n -= is_there (child);
  return n;
}

void
yj_message_tree_update_siblings (YjMessageTree *self,
                                 YjMessage     *message)
{
  guint sibling = 1, n_siblings = 0, n_hidden = 0;

  for (YjMessageNode *node = message->node->parent->first; node != NULL; node = node->next)
    {
      if (!is_there (node))
        continue;
      n_siblings++;
      if (node->message == message)
        sibling = n_siblings;
      else
        n_hidden += count_further (node);
    }
  yj_message_set_siblings (message, sibling, n_siblings, n_hidden);
}
