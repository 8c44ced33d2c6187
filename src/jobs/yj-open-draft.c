/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-open-draft.h"

struct _YjOpenDraft
{
  GObject  parent_instance;
  YjDraft *draft;
  char    *name;                /* never NULL */
};

typedef enum
{
  PROP_DRAFT = 1,
  PROP_NAME,
} YjOpenDraftProps;

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} YjOpenDraftSignals;

static GParamSpec *props[PROP_NAME + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjOpenDraft, yj_open_draft, G_TYPE_OBJECT)

static void
yj_open_draft_dispose (GObject *object)
{
  YjOpenDraft *self = YJ_OPEN_DRAFT (object);

  g_clear_object (&self->draft);

  G_OBJECT_CLASS (yj_open_draft_parent_class)->dispose (object);
}

static void
yj_open_draft_finalize (GObject *object)
{
  g_free (YJ_OPEN_DRAFT (object)->name);

  G_OBJECT_CLASS (yj_open_draft_parent_class)->finalize (object);
}

static void
yj_open_draft_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  YjOpenDraft *self = YJ_OPEN_DRAFT (object);

  switch ((YjOpenDraftProps) prop_id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    }
}

static void
yj_open_draft_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  YjOpenDraft *self = YJ_OPEN_DRAFT (object);

  switch ((YjOpenDraftProps) prop_id)
    {
    case PROP_DRAFT:
      yj_open_draft_set_draft (self, g_value_get_object (value));
      break;
    case PROP_NAME:
      yj_open_draft_set_name (self, g_value_get_string (value));
      break;
    }
}

static void
yj_open_draft_class_init (YjOpenDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_open_draft_dispose;
  object_class->finalize = yj_open_draft_finalize;
  object_class->get_property = yj_open_draft_get_property;
  object_class->set_property = yj_open_draft_set_property;

  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, YJ_TYPE_DRAFT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * YjOpenDraft::changed:
   *
   * Something of it is different from what was stored: its draft, a part of that, or its name.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YJ_TYPE_OPEN_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yj_open_draft_init (YjOpenDraft *self)
{
  self->name = g_strdup ("");
}

static void
changed (YjOpenDraft *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_open_draft_new:
 * @draft: what it is about
 * @name: (nullable): what the person calls it
 *
 * Returns: (transfer full): a draft to lie beside others
 */
YjOpenDraft *
yj_open_draft_new (YjDraft    *draft,
                   const char *name)
{
  g_return_val_if_fail (YJ_IS_DRAFT (draft), NULL);

  return g_object_new (YJ_TYPE_OPEN_DRAFT, "draft", draft, "name", name, NULL);
}

/**
 * yj_open_draft_get_draft:
 * @self: one of several drafts
 *
 * Returns: (transfer none): what is to be made
 */
YjDraft *
yj_open_draft_get_draft (YjOpenDraft *self)
{
  g_return_val_if_fail (YJ_IS_OPEN_DRAFT (self), NULL);

  return self->draft;
}

/**
 * yj_open_draft_set_draft:
 * @self: one of several drafts
 * @draft: what is to be made from now on
 */
void
yj_open_draft_set_draft (YjOpenDraft *self,
                         YjDraft     *draft)
{
  g_return_if_fail (YJ_IS_OPEN_DRAFT (self));
  g_return_if_fail (YJ_IS_DRAFT (draft));

  if (self->draft == draft)
    return;

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_func (self->draft, changed, self);
  g_set_object (&self->draft, draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAFT]);
  changed (self);
}

/**
 * yj_open_draft_get_name:
 * @self: one of several drafts
 *
 * Returns: (transfer none): what the person calls it, or the empty string
 */
const char *
yj_open_draft_get_name (YjOpenDraft *self)
{
  g_return_val_if_fail (YJ_IS_OPEN_DRAFT (self), NULL);

  return self->name;
}

/**
 * yj_open_draft_set_name:
 * @self: one of several drafts
 * @name: (nullable): what it is to be called
 */
void
yj_open_draft_set_name (YjOpenDraft *self,
                        const char  *name)
{
  g_return_if_fail (YJ_IS_OPEN_DRAFT (self));

  if (!g_set_str (&self->name, name != NULL ? name : ""))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
  changed (self);
}

/**
 * yj_open_draft_is_empty:
 * @self: one of several drafts
 *
 * Returns: whether it holds no prompt, no file and no name, so that nothing is lost with it
 */
gboolean
yj_open_draft_is_empty (YjOpenDraft *self)
{
  g_return_val_if_fail (YJ_IS_OPEN_DRAFT (self), TRUE);

  if (*self->name != '\0' || *yj_draft_get_prompt (self->draft) != '\0' ||
      g_list_model_get_n_items (yj_draft_get_parked (self->draft)) > 0)
    return FALSE;
  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    if (g_list_model_get_n_items (yj_draft_get_files (self->draft, (YjSlotRole) role)) > 0)
      return FALSE;

  return TRUE;
}
