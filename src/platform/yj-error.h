/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define YJ_ERROR (yj_error_quark ())
GQuark yj_error_quark (void);

/**
 * YjError:
 * @YJ_ERROR_UNAUTHORIZED: key wrong, missing or refused here (401, 403, "Invalid API Key")
 * @YJ_ERROR_BALANCE: no money left (429 "Insufficient balance", 400 "InsufficientFunds", 402)
 * @YJ_ERROR_INVALID_REQUEST: the platform refuses what was sent (400, 405, 413, 415, 422, redirects of an API call)
 * @YJ_ERROR_RATE_LIMIT: too many requests (429 that does not speak of balance)
 * @YJ_ERROR_NOT_FOUND: no such task or file (404, 410, "not exist")
 * @YJ_ERROR_SERVER: 5xx, on a call that is free to repeat or certainly not accepted
 * @YJ_ERROR_PROTOCOL: an answer that cannot be understood (HTML, no JSON, over a limit)
 * @YJ_ERROR_UNSENT: nothing left this machine (no network, refused, DNS, TLS), or nothing that could be taken for a
 *   request: safe to send again
 * @YJ_ERROR_AMBIGUOUS: a paid request may have been accepted and no id came back: never send it again by itself
 * @YJ_ERROR_CUT: the connection broke off or stalled in an answer
 * @YJ_ERROR_REFUSED: the platform answered that the submission or the answer failed (message is its own words)
 * @YJ_ERROR_CANCELLED: cancelled before anything could have been accepted
 *
 * What went wrong between client and platform, one code per thing that a caller can do about it.
 * The message is short plain text, the platform's own words where it sent any; not translated.
 */
typedef enum
{
  YJ_ERROR_UNAUTHORIZED,
  YJ_ERROR_BALANCE,
  YJ_ERROR_INVALID_REQUEST,
  YJ_ERROR_RATE_LIMIT,
  YJ_ERROR_NOT_FOUND,
  YJ_ERROR_SERVER,
  YJ_ERROR_PROTOCOL,
  YJ_ERROR_UNSENT,
  YJ_ERROR_AMBIGUOUS,
  YJ_ERROR_CUT,
  YJ_ERROR_REFUSED,
  YJ_ERROR_CANCELLED,
} YjError;

int  yj_error_get_retry_after (const GError *error);
void yj_error_set_retry_after (GError       *error,
                               int           seconds);

G_END_DECLS
