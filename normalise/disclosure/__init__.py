"""Suppression of small counts, proved: what is withheld cannot be worked out from what a release prints.

A release is a system of whole numbers from 0 up (`cells`) and of relations that an attacker may assume (`relations`, `shares`): all of the model's
that the true figures bear out.

**Primary suppression** withholds counts of people's complaints from 1 to N - 1, and shares that come to one or leave one. What is left of a total (late
answers, complaints without an outcome) and what a share comes to are counts too, though no row prints them. Zeros stay: they recognise nobody.

**Secondary suppression** withholds the fewest further rows with which the release meets the criterion:

    for every small count there is another dataset that prints exactly the same release, bears out the same relations,
    and in which that count is N or more.

So no small count is known to be small, let alone known, from sums, differences and shares; that it is withheld says of it that it is small or guards one.
Such a dataset ("world") is found by integer programming and checked by arithmetic, so the **audit** does not rest on the solver: where it finds none in time, more is withheld,
in the end all figures of a council but its zeros, of which every multiple prints the same. (Secondary cell suppression: Fischetti and Salazar-González 2001; least-loss
search for one cell after the other as in tau-ARGUS; ONS policy on protecting confidentiality in tables; Analysis Function shorthand.)

Not covered: several releases held against one another, what is known from elsewhere, figures that councils withheld themselves, chances instead of bounds.
"""

from normalise.disclosure.auditing import Recovered, audit
from normalise.disclosure.releasing import suppress, without_told

__all__ = ["Recovered", "audit", "suppress", "without_told"]
