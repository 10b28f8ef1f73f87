namespace Lapstack.Services.S3;

/// <summary>
/// S3 lists keys in the order of their UTF-8 bytes, which differs from UTF-16's where surrogates are.
/// </summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static readonly KeyOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var length = Math.Min(x!.Length, y!.Length);
        for (var i = 0; i < length; i++)
            if (x[i] != y[i]) return Rank(x[i]).CompareTo(Rank(y[i]));
        return x.Length.CompareTo(y.Length);
    }

    // Surrogates stand for code points above U+FFFF, so they rank after every other character.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
