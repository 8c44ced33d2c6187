/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-waiting"

#include "yj-conversation.h"

/**
 * YjWaiting:
 *
 * A question that is to be asked when those before it have been answered; it can be changed until then. It is an
 * element of [method@Yj.Conversation.get_waiting].
 */
struct _YjWaiting
{
  GObject  parent_instance;
  char    *text;
};

typedef enum
{
  PROP_TEXT = 1,
} YjWaitingProps;

static GParamSpec *props[PROP_TEXT + 1];

G_DEFINE_FINAL_TYPE (YjWaiting, yj_waiting, G_TYPE_OBJECT)

static void
yj_waiting_finalize (GObject *object)
{
  YjWaiting *self = YJ_WAITING (object);

  g_free (self->text);

  G_OBJECT_CLASS (yj_waiting_parent_class)->finalize (object);
}

static void
yj_waiting_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  YjWaiting *self = YJ_WAITING (object);

  switch ((YjWaitingProps) prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    }
}

static void
yj_waiting_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  YjWaiting *self = YJ_WAITING (object);

  switch ((YjWaitingProps) prop_id)
    {
    case PROP_TEXT:
      if (g_set_str (&self->text, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    }
}

static void
yj_waiting_class_init (YjWaitingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yj_waiting_finalize;
  object_class->get_property = yj_waiting_get_property;
  object_class->set_property = yj_waiting_set_property;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_waiting_init (YjWaiting *self)
{
}

/**
 * yj_waiting_new:
 * @text: what is to be asked
 *
 * Returns: (transfer full): a question that waits for nothing yet
 */
YjWaiting *
yj_waiting_new (const char *text)
{
  return g_object_new (YJ_TYPE_WAITING, "text", text, NULL);
}

/**
 * yj_waiting_get_text:
 * @self: a question that waits
 *
 * Returns: what is to be asked
 */
const char *
yj_waiting_get_text (YjWaiting *self)
{
  g_return_val_if_fail (YJ_IS_WAITING (self), NULL);

  return self->text;
}
