/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-error.h"

typedef struct
{
  int retry_after;              /* s, -1: not said */
} YjErrorPrivate;

static void
yj_error_private_init (YjErrorPrivate *priv)
{
  g_assert (priv != NULL);
  priv->retry_after = -1;
}

static void
yj_error_private_copy (const YjErrorPrivate *source,
                       YjErrorPrivate       *priv)
{
  g_assert (source != NULL && priv != NULL);
  *priv = *source;
}

static void
yj_error_private_clear (YjErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (YjError, yj_error)

/**
 * yj_error_get_retry_after:
 * @error: (nullable): any error
 *
 * Returns: how many seconds the platform asked to wait before asking again (`Retry-After`, at most 3,600),
 *   -1 when it did not say or @error is not of %YJ_ERROR
 */
int
yj_error_get_retry_after (const GError *error)
{
  YjErrorPrivate *priv = error != NULL && error->domain == YJ_ERROR ? yj_error_get_private (error) : NULL;

  return priv != NULL ? priv->retry_after : -1;
}

/**
 * yj_error_set_retry_after:
 * @error: an error of %YJ_ERROR
 * @seconds: how long to wait, -1: not said
 *
 * Keeps what [func@Yj.error_get_retry_after] gives.
 */
void
yj_error_set_retry_after (GError *error,
                          int     seconds)
{
  YjErrorPrivate *priv;

  g_return_if_fail (error != NULL && error->domain == YJ_ERROR);

  priv = yj_error_get_private (error);
  g_assert (priv != NULL);
  priv->retry_after = CLAMP (seconds, -1, 3600);
}
