/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-entities"

#include "yj-entities.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  gunichar    c;
} Entity;

/* HTML 4's names and those of newer ones that are met in prose; sorted by strcmp (). */
static const Entity entities[] = {
  { "AMP", '&' }, { "Aacute", 0xc1 }, { "Agrave", 0xc0 }, { "Alpha", 0x391 }, { "Auml", 0xc4 }, { "Beta", 0x392 },
  { "COPY", 0xa9 }, { "Ccedil", 0xc7 }, { "Dagger", 0x2021 }, { "Delta", 0x394 }, { "Eacute", 0xc9 }, { "Egrave", 0xc8 },
  { "GT", '>' }, { "Gamma", 0x393 }, { "LT", '<' }, { "Lambda", 0x39b }, { "Ntilde", 0xd1 }, { "Oacute", 0xd3 },
  { "Omega", 0x3a9 }, { "Ouml", 0xd6 }, { "Phi", 0x3a6 }, { "Pi", 0x3a0 }, { "Prime", 0x2033 }, { "Psi", 0x3a8 },
  { "QUOT", '"' }, { "REG", 0xae }, { "Sigma", 0x3a3 }, { "Theta", 0x398 }, { "Uuml", 0xdc }, { "aacute", 0xe1 },
  { "acirc", 0xe2 }, { "aelig", 0xe6 }, { "agrave", 0xe0 }, { "alpha", 0x3b1 }, { "amp", '&' }, { "and", 0x2227 },
  { "ang", 0x2220 }, { "apos", '\'' }, { "aring", 0xe5 }, { "asymp", 0x2248 }, { "atilde", 0xe3 }, { "auml", 0xe4 },
  { "bdquo", 0x201e }, { "beta", 0x3b2 }, { "bull", 0x2022 }, { "cap", 0x2229 }, { "ccedil", 0xe7 }, { "cent", 0xa2 },
  { "check", 0x2713 }, { "chi", 0x3c7 }, { "clubs", 0x2663 }, { "copy", 0xa9 }, { "cup", 0x222a }, { "dArr", 0x21d3 },
  { "dagger", 0x2020 }, { "darr", 0x2193 }, { "deg", 0xb0 }, { "delta", 0x3b4 }, { "diams", 0x2666 }, { "divide", 0xf7 },
  { "eacute", 0xe9 }, { "ecirc", 0xea }, { "egrave", 0xe8 }, { "emsp", 0x2003 }, { "ensp", 0x2002 }, { "epsilon", 0x3b5 },
  { "equiv", 0x2261 }, { "eta", 0x3b7 }, { "euml", 0xeb }, { "euro", 0x20ac }, { "exist", 0x2203 }, { "forall", 0x2200 },
  { "frac12", 0xbd }, { "frac14", 0xbc }, { "frac34", 0xbe }, { "gamma", 0x3b3 }, { "ge", 0x2265 }, { "gt", '>' },
  { "hArr", 0x21d4 }, { "harr", 0x2194 }, { "hearts", 0x2665 }, { "hellip", 0x2026 }, { "iacute", 0xed }, { "icirc", 0xee },
  { "iexcl", 0xa1 }, { "igrave", 0xec }, { "infin", 0x221e }, { "int", 0x222b }, { "iota", 0x3b9 }, { "iquest", 0xbf },
  { "isin", 0x2208 }, { "iuml", 0xef }, { "kappa", 0x3ba }, { "lArr", 0x21d0 }, { "lambda", 0x3bb }, { "laquo", 0xab },
  { "larr", 0x2190 }, { "lceil", 0x2308 }, { "ldquo", 0x201c }, { "le", 0x2264 }, { "lfloor", 0x230a }, { "lsaquo", 0x2039 },
  { "lsquo", 0x2018 }, { "lt", '<' }, { "macr", 0xaf }, { "mdash", 0x2014 }, { "micro", 0xb5 }, { "middot", 0xb7 },
  { "minus", 0x2212 }, { "mu", 0x3bc }, { "nabla", 0x2207 }, { "nbsp", 0xa0 }, { "ndash", 0x2013 }, { "ne", 0x2260 },
  { "not", 0xac }, { "notin", 0x2209 }, { "ntilde", 0xf1 }, { "nu", 0x3bd }, { "oacute", 0xf3 }, { "ocirc", 0xf4 },
  { "ograve", 0xf2 }, { "omega", 0x3c9 }, { "or", 0x2228 }, { "ordf", 0xaa }, { "ordm", 0xba }, { "oslash", 0xf8 },
  { "otilde", 0xf5 }, { "ouml", 0xf6 }, { "para", 0xb6 }, { "part", 0x2202 }, { "permil", 0x2030 }, { "phi", 0x3c6 },
  { "pi", 0x3c0 }, { "plusmn", 0xb1 }, { "pound", 0xa3 }, { "prime", 0x2032 }, { "prod", 0x220f }, { "psi", 0x3c8 },
  { "quot", '"' }, { "rArr", 0x21d2 }, { "radic", 0x221a }, { "raquo", 0xbb }, { "rarr", 0x2192 }, { "rceil", 0x2309 },
  { "rdquo", 0x201d }, { "reg", 0xae }, { "rfloor", 0x230b }, { "rho", 0x3c1 }, { "rsaquo", 0x203a }, { "rsquo", 0x2019 },
  { "sect", 0xa7 }, { "shy", 0xad }, { "sigma", 0x3c3 }, { "spades", 0x2660 }, { "sub", 0x2282 }, { "sube", 0x2286 },
  { "sum", 0x2211 }, { "sup", 0x2283 }, { "sup1", 0xb9 }, { "sup2", 0xb2 }, { "sup3", 0xb3 }, { "supe", 0x2287 },
  { "szlig", 0xdf }, { "tau", 0x3c4 }, { "there4", 0x2234 }, { "theta", 0x3b8 }, { "thinsp", 0x2009 }, { "times", 0xd7 },
  { "trade", 0x2122 }, { "uArr", 0x21d1 }, { "uacute", 0xfa }, { "uarr", 0x2191 }, { "ucirc", 0xfb }, { "ugrave", 0xf9 },
  { "uuml", 0xfc }, { "xi", 0x3be }, { "yen", 0xa5 }, { "yuml", 0xff }, { "zeta", 0x3b6 }, { "zwj", 0x200d },
  { "zwnj", 0x200c },
};

static int
compare (const void *key,
         const void *element)
{
  return strcmp (key, ((const Entity *) element)->name);
}

/**
 * yj_entity_decode:
 * @entity: (array length=length): a reference with its `&` and `;`
 * @length: bytes
 *
 * Returns: the character that an HTML character reference stands for, U+FFFD for a number that is none, or 0 for a name not known
 */
gunichar
yj_entity_decode (const char *entity,
                  gsize       length)
{
  char name[12];
  const Entity *found;

  if (length < 3 || length > sizeof name)
    return 0;
  memcpy (name, entity + 1, length - 2);
  name[length - 2] = '\0';

  if (name[0] == '#')
    {
      gboolean hex = name[1] == 'x' || name[1] == 'X';
      gulong c = strtoul (name + (hex ? 2 : 1), NULL, hex ? 16 : 10);

      return c == 0 || c > 0x10ffff ? 0xfffd : c;
    }

  found = bsearch (name, entities, G_N_ELEMENTS (entities), sizeof entities[0], compare);
  return found != NULL ? found->c : 0;
}
