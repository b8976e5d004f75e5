"""Groups of prime order, and shares of a number in them (docs/spec/escrow.md): standard library only.

A number is an integer below the order. A group encodes numbers as 32 bytes and points as hex, each
in one form; the decoders give None for everything else.
"""


class Edwards25519:
    """The subgroup of prime order of edwards25519 (RFC 8032, 5.1), points as (X, Y, Z, T)."""

    p = 2**255 - 19
    order = 2**252 + 27742317777372353535851937790883648493
    d = -121665 * pow(121666, -1, p) % p
    identity = (0, 1, 1, 0)
    digits = 64

    def number(self, data: bytes) -> int | None:
        n = int.from_bytes(data, "little")
        return n if len(data) == 32 and n < self.order else None

    def bytes(self, n: int) -> bytes:
        return n.to_bytes(32, "little")

    def add(self, a: tuple, b: tuple) -> tuple:
        p = self.p
        m, n = (a[1] - a[0]) * (b[1] - b[0]) % p, (a[1] + a[0]) * (b[1] + b[0]) % p
        c, z = 2 * a[3] * b[3] * self.d % p, 2 * a[2] * b[2] % p
        e, f, g, h = n - m, z - c, z + c, n + m
        return e * f % p, g * h % p, f * g % p, e * h % p

    def same(self, a: tuple, b: tuple) -> bool:
        return not (a[0] * b[2] - b[0] * a[2]) % self.p and not (a[1] * b[2] - b[1] * a[2]) % self.p

    def affine(self, text: str) -> tuple | None:
        """The point of the curve with this encoding, whatever its order."""
        p, n = self.p, int.from_bytes(bytes.fromhex(text), "little")
        sign, y = n >> 255, n & (1 << 255) - 1
        if y >= p:
            return None
        square = (y * y - 1) * pow(self.d * y * y + 1, -1, p) % p
        x = pow(square, (p + 3) // 8, p)
        if (x * x - square) % p:
            x = x * pow(2, (p - 1) // 4, p) % p
        if (x * x - square) % p or (x == 0 and sign):
            return None
        x = p - x if x & 1 != sign else x
        return x, y, 1, x * y % p

    def point(self, text: str) -> tuple | None:
        """A point of the subgroup, not the identity."""
        found = self.affine(text)
        if not found or self.same(found, self.identity) or not self.same(self.times(self.order, found), self.identity):
            return None
        return found

    def hex(self, a: tuple) -> str:
        z = pow(a[2], -1, self.p)
        x, y = a[0] * z % self.p, a[1] * z % self.p
        return (y | (x & 1) << 255).to_bytes(32, "little").hex()

    def base(self) -> tuple:
        return self.affine("58" + "66" * 31)

    def times(self, n: int, a: tuple) -> tuple:
        found = self.identity
        while n:
            if n & 1:
                found = self.add(found, a)
            a, n = self.add(a, a), n >> 1
        return found


class Sm2(Edwards25519):
    """The curve of SM2 (GB/T 32918.5-2017), points as (x, y) and None for the identity."""

    p = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
    order = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
    b = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
    identity = None
    digits = 66

    def number(self, data: bytes) -> int | None:
        n = int.from_bytes(data, "big")
        return n if len(data) == 32 and n < self.order else None

    def bytes(self, n: int) -> bytes:
        return n.to_bytes(32, "big")

    def add(self, a: tuple | None, b: tuple | None) -> tuple | None:
        p = self.p
        if a is None or b is None:
            return a or b
        if a[0] == b[0] and (a[1] + b[1]) % p == 0:
            return None
        above, below = (3 * a[0] * a[0] - 3, 2 * a[1]) if a == b else (b[1] - a[1], b[0] - a[0])
        slope = above * pow(below, -1, p) % p
        x = (slope * slope - a[0] - b[0]) % p
        return x, (slope * (a[0] - x) - a[1]) % p

    def same(self, a: tuple | None, b: tuple | None) -> bool:
        return a == b

    def point(self, text: str) -> tuple | None:
        x = int(text[2:], 16)
        if text[:2] not in ("02", "03") or x >= self.p:
            return None
        square = (x * x * x - 3 * x + self.b) % self.p
        y = pow(square, (self.p + 1) // 4, self.p)
        if y * y % self.p != square:
            return None
        return x, self.p - y if y & 1 != int(text[1]) & 1 else y

    def hex(self, a: tuple) -> str:
        return f"{2 + (a[1] & 1):02x}{a[0]:064x}"

    def base(self) -> tuple:
        return (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
                0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)


GROUPS = {"yaohao-1-sha256": Edwards25519(), "yaohao-1-sm3": Sm2()}


# ---- shares ------------------------------------------------------------------

def point_of(group, number: int) -> str | None:
    """number times the base point, in hex; None for 0 and for what is no number."""
    return group.hex(group.times(number, group.base())) if number else None


def share_of(group, coefficients: list[int], x: int) -> int:
    """f(x)."""
    return sum(a * x**j for j, a in enumerate(coefficients)) % group.order


def is_share(group, points: list[str], x: int, share: int) -> bool:
    """f(x) G = sum of x^j C_j."""
    due = group.identity
    for j, text in enumerate(points):
        point = group.point(text)
        if point is None:
            return False
        due = group.add(due, group.times(x**j % group.order, point))
    return group.same(due, group.times(share, group.base()))


def combine(group, shares: dict[int, int]) -> int:
    """f(0) from {x: f(x)}, by Lagrange's formula."""
    total = 0
    for x, share in shares.items():
        above = below = 1
        for other in shares:
            if other != x:
                above, below = above * other % group.order, below * (other - x) % group.order
        total += share * above * pow(below, -1, group.order)
    return total % group.order
