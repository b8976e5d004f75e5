"""Signatures over BLS12-381 with nothing but Python's standard library.

A checker of public signatures: it is not constant-time, handles no secret and must
never sign. Written from RFC 9380 (hashing to the curve), the ciphersuites of
draft-irtf-cfrg-bls-signature and the curve's own definition, for readers rather than
for speed; one signature takes a fraction of a second.

    verify_in_g1(key, message, signature)   key in G2 (96 bytes), signature in G1 (48 bytes)
    verify_in_g2(key, message, signature)   key in G1 (48 bytes), signature in G2 (96 bytes)

All points are compressed, and checked to be on the curve and in the subgroup; the
point at infinity is refused.
"""

import hashlib
from functools import lru_cache

from isogenies import TO_G1, TO_G2

X = 0xd201000000010000          # minus the curve's parameter
R = X**4 - X**2 + 1             # order of the groups
P = (X + 1)**2 * R // 3 - X     # the field's prime
IN_G1 = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
IN_G2 = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"


# ---- fields ------------------------------------------------------------------

class Fp2:
    """a + b*u with u^2 = -1. Fp is the part with b = 0, so that curves need one code."""

    __slots__ = ("a", "b")

    def __init__(self, a: int, b: int = 0):
        self.a, self.b = a % P, b % P

    def __add__(self, other):
        return Fp2(self.a + other.a, self.b + other.b)

    def __sub__(self, other):
        return Fp2(self.a - other.a, self.b - other.b)

    def __neg__(self):
        return Fp2(-self.a, -self.b)

    def __mul__(self, other):
        return Fp2(self.a * other.a - self.b * other.b, self.a * other.b + self.b * other.a)

    def __eq__(self, other):
        return self.a == other.a and self.b == other.b

    __hash__ = None

    def __bool__(self):
        return bool(self.a or self.b)

    def __pow__(self, exponent: int):
        if not self.b:
            return Fp2(pow(self.a, exponent, P))
        power = ONE
        for bit in bin(exponent)[2:]:
            power = power * power
            if bit == "1":
                power = power * self
        return power

    def inverse(self):
        norm = pow(self.a * self.a + self.b * self.b, -1, P)
        return Fp2(self.a * norm, -self.b * norm)


ZERO, ONE, U = Fp2(0), Fp2(1), Fp2(0, 1)


def root_in_fp(x: Fp2) -> Fp2 | None:
    """A square root within Fp (RFC 9380, I.1), or None."""
    root = Fp2(pow(x.a, (P + 1) // 4, P))
    return root if root * root == x else None


def root_in_fp2(x: Fp2) -> Fp2 | None:
    """A square root within Fp2, or None."""
    part = x**((P - 3) // 4)
    root, sign = part * x, part * part * x
    root = U * root if sign == -ONE else (ONE + sign)**((P - 1) // 2) * root
    return root if root * root == x else None


# ---- curves: a point is (x, y), or None at infinity -----------------------------

B1, B2 = Fp2(4), Fp2(4, 4)      # y^2 = x^3 + 4, and its twist y^2 = x^3 + 4(1 + u)


def slope(p: tuple, q: tuple, a: Fp2 = ZERO) -> Fp2 | None:
    """Of the line through p and q, the tangent where they are the same; None if it is vertical."""
    (x1, y1), (x2, y2) = p, q
    if x1 != x2:
        return (y2 - y1) * (x2 - x1).inverse()
    if y1 != y2 or not y1:
        return None
    square = x1 * x1
    return (square + square + square + a) * (y1 + y1).inverse()


def add(p: tuple | None, q: tuple | None) -> tuple | None:
    if p is None or q is None:
        return q if p is None else p
    m = slope(p, q)
    if m is None:
        return None
    x = m * m - p[0] - q[0]
    return x, m * (p[0] - x) - p[1]


def times(n: int, p: tuple | None) -> tuple | None:
    total = None
    for bit in bin(n)[2:]:
        total = add(total, total)
        if bit == "1":
            total = add(total, p)
    return total


def decompress(data: bytes, size: int, b: Fp2) -> tuple | None:
    """A point of the subgroup from its compressed form (48 bytes in G1, 96 in G2); None if it is none."""
    if len(data) != size or data[0] & 0xe0 not in (0x80, 0xa0):
        return None             # not compressed, or the point at infinity
    parts = [int.from_bytes(data[at:at + 48], "big") for at in range(0, size, 48)]
    parts[0] &= (1 << 381) - 1
    if any(part >= P for part in parts):
        return None
    x = Fp2(*parts[::-1])
    y = (root_in_fp if size == 48 else root_in_fp2)(x * x * x + b)
    if y is None:
        return None
    larger = (y.b or y.a) > (P - 1) // 2
    point = x, (y if larger == bool(data[0] & 0x20) else -y)
    return point if times(R, point) is None else None


G1 = (Fp2(0x17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb),
      Fp2(0x08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1))
G2 = (Fp2(0x024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8,
          0x13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e),
      Fp2(0x0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801,
          0x0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be))


# ---- hashing to the curve (RFC 9380) --------------------------------------------

def expand(message: bytes, tag: bytes, length: int) -> bytes:
    """expand_message_xmd with SHA-256 (5.3.1)."""
    def sha(data):
        return hashlib.sha256(data).digest()
    tag += bytes([len(tag)])
    first = sha(bytes(64) + message + length.to_bytes(2, "big") + b"\0" + tag)
    block, blocks = bytes(32), b""
    for number in range(1, length // 32 + 1):
        block = sha(bytes(a ^ b for a, b in zip(first, block)) + bytes([number]) + tag)
        blocks += block
    return blocks


def sign_bit(x: Fp2) -> int:
    """sgn0 (4.1)."""
    return x.a & 1 if x.a else x.b & 1


class Suite:
    """Simplified SWU for AB = 0 (6.6.3) to one of the groups (8.8)."""

    def __init__(self, degree, root, a, b, z, isogeny, cofactor):
        self.degree, self.root, self.a, self.b, self.z, self.cofactor = degree, root, a, b, z, cofactor
        self.isogeny = [[Fp2(c) if degree == 1 else Fp2(*c) for c in part] for part in isogeny]

    def field(self, message: bytes, tag: bytes) -> list[Fp2]:
        """hash_to_field (5.2): two elements."""
        data = expand(message, tag, 128 * self.degree)
        parts = [int.from_bytes(data[at:at + 64], "big") for at in range(0, len(data), 64)]
        return [Fp2(*parts[at:at + self.degree]) for at in range(0, len(parts), self.degree)]

    def map(self, t: Fp2) -> tuple:
        """A field element to a point of the isogenous curve, and that to the curve."""
        zt = self.z * t * t
        below = zt * zt + zt
        x = -self.b * self.a.inverse()
        x = x * (ONE + below.inverse()) if below else self.b * (self.z * self.a).inverse()
        y = self.root(x * x * x + self.a * x + self.b)
        if y is None:
            x = zt * x
            y = self.root(x * x * x + self.a * x + self.b)
        if sign_bit(y) != sign_bit(t):
            y = -y
        x_num, x_den, y_num, y_den = (self.at(part, x) for part in self.isogeny)
        return x_num * x_den.inverse(), y * y_num * y_den.inverse()

    @staticmethod
    def at(polynomial: list[Fp2], x: Fp2) -> Fp2:
        value = ZERO
        for coefficient in reversed(polynomial):
            value = value * x + coefficient
        return value

    def hash(self, message: bytes, tag: bytes) -> tuple:
        """hash_to_curve (3)."""
        first, second = map(self.map, self.field(message, tag))
        return times(self.cofactor, add(first, second))


TO_CURVE_1 = Suite(
    1, root_in_fp,
    Fp2(0x144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d),
    Fp2(0x12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0),
    Fp2(11), TO_G1, X + 1)
TO_CURVE_2 = Suite(
    2, root_in_fp2, Fp2(0, 240), Fp2(1012, 1012), Fp2(-2, -1), TO_G2,
    int("bc69f08f2ee75b3584c6a0ea91b352888e2a8e9145ad7689986ff031508ffe1329c2f178731db956"
        "d82bf015d1212b02ec0ec69d7477c1ae954cbc06689f6a359894c0adebbf6b4e8020005aaa95551", 16))


# ---- the pairing ------------------------------------------------------------------
#
# Fp12 = Fp[w] / (w^12 - 2w^6 + 2), in which w^6 = 1 + u: an element is its twelve
# coefficients in one integer, 800 bits each, so that a product of polynomials is one
# product of integers.

SLOT = 800
MASK = (1 << SLOT) - 1


def pack(coefficients: list[int]) -> int:
    return sum(c << SLOT * at for at, c in enumerate(coefficients))


def multiply(f: int, g: int) -> int:
    product = f * g
    c = [product >> SLOT * at & MASK for at in range(23)]
    for at in range(22, 11, -1):            # w^12 = 2w^6 - 2
        c[at - 6] += 2 * c[at]
        c[at - 12] -= 2 * c[at]
    return pack([value % P for value in c[:12]])


def line(m: Fp2, t: tuple, p: tuple) -> int:
    """The line of slope m through t of the twist, at p of the curve, times w^3 (which the exponent removes):
    (m*x_t - y_t) - m*x_p*w^2 + y_p*w^3."""
    at_0, at_2 = m * t[0] - t[1], -m * p[0]
    c = [0] * 12
    c[0], c[6] = (at_0.a - at_0.b) % P, at_0.b          # u = w^6 - 1
    c[2], c[8] = (at_2.a - at_2.b) % P, at_2.b
    c[3] = p[1].a
    return pack(c)


def miller(p: tuple, q: tuple) -> int:
    """The Miller loop of p in G1 and q in G2. The curve's parameter is negative; the loop runs over its
    amount, which inverts the pairing, on both sides of an equation."""
    t, f = q, 1
    for bit in bin(X)[3:]:
        m = slope(t, t)
        f = multiply(multiply(f, f), line(m, t, p))
        t = add(t, t)
        if bit == "1":
            m = slope(t, q)
            f = multiply(f, line(m, t, p))
            t = add(t, q)
    return f


def same_pairing(p: tuple, q: tuple, r: tuple, s: tuple) -> bool:
    """Whether e(p, q) = e(r, s)."""
    f = multiply(miller(p, q), miller((r[0], -r[1]), s))
    power = 1
    for bit in bin((P**12 - 1) // R)[2:]:
        power = multiply(power, power)
        if bit == "1":
            power = multiply(power, f)
    return power == 1


# ---- signatures ---------------------------------------------------------------------

@lru_cache
def key_in_g1(key: bytes) -> tuple | None:
    return decompress(key, 48, B1)


@lru_cache
def key_in_g2(key: bytes) -> tuple | None:
    return decompress(key, 96, B2)


def verify_in_g1(key: bytes, message: bytes, signature: bytes) -> bool:
    q, s = key_in_g2(key), decompress(signature, 48, B1)
    return None not in (q, s) and same_pairing(s, G2, TO_CURVE_1.hash(message, IN_G1), q)


def verify_in_g2(key: bytes, message: bytes, signature: bytes) -> bool:
    q, s = key_in_g1(key), decompress(signature, 96, B2)
    return None not in (q, s) and same_pairing(G1, s, q, TO_CURVE_2.hash(message, IN_G2))
