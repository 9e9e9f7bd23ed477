"""Strongly connected components: who reaches one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def components(nodes: Iterable[str], after: Callable[[str], Iterable[str]]) -> list[set[str]]:
    """In topological order, each before those it leads to (Tarjan, without recursion)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[set[str]] = []
    for root in nodes:
        if root in number:
            continue
        work = [(root, iter(after(root)))]
        number[root] = lowest[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, children = work[-1]
            child = next(children, None)
            if child is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    knot = {stack.pop()}
                    while node not in knot:
                        knot.add(stack.pop())
                    on_stack -= knot
                    found.append(knot)
            elif child not in number:
                number[child] = lowest[child] = len(number)
                stack.append(child)
                on_stack.add(child)
                work.append((child, iter(after(child))))
            elif child in on_stack:
                lowest[node] = min(lowest[node], number[child])
    found.reverse()
    return found
