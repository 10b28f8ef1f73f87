namespace Jobs.Tests.Unit.Aws;

/// <summary>
/// Keys that S3 takes and a program may not expect.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
/// </summary>
internal static class OddKeys
{
    public const string Prefix = "in/";

    public static IReadOnlyList<string> All { get; } =
    [
        .. new[]
        {
            "plain", "a b", "a+b", "a%20b", "a%2Bb", "%41", "100%", "ü", "😀", "e\u0301", "\u0001", "\u001f\u007f",
            "tab\t", "line\n", "line\r\n", "\ufffe", "\uffff", "<&>\"'", "~*'()!@$,;:=?#[]{}|\\^`",
            "//", "trailing ", new string('x', 1_021), new string('ü', 510),
        }.Select(name => Prefix + name),
    ];
}
