/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-node"

#include "yj-math-node.h"

/**
 * yj_math_node_new:
 * @kind: what it is
 * @class: what it is to its neighbours
 *
 * Returns: (transfer full): a node without text or children
 */
YjMathNode *
yj_math_node_new (YjMathKind  kind,
                  YjMathClass class)
{
  YjMathNode *self = g_new0 (YjMathNode, 1);

  self->kind = kind;
  self->class = class;
  return self;
}

/**
 * yj_math_node_free:
 * @self: (nullable): a node
 *
 * Frees it and all below it, whose depth the parser bounds.
 */
void
yj_math_node_free (YjMathNode *self)
{
  if (self == NULL)
    return;
  g_free (self->aligns);
  g_free (self->text);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/**
 * yj_math_node_add:
 * @self: a node
 * @child: (nullable) (transfer full): its next child
 */
void
yj_math_node_add (YjMathNode *self,
                  YjMathNode *child)
{
  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_math_node_free);
  g_ptr_array_add (self->children, child);
}

/**
 * yj_math_node_child:
 * @self: a node
 * @i: which child
 *
 * Returns: (nullable) (transfer none): it, or %NULL where there is none
 */
YjMathNode *
yj_math_node_child (const YjMathNode *self,
                    guint             i)
{
  return self->children != NULL && i < self->children->len ? g_ptr_array_index (self->children, i) : NULL;
}
