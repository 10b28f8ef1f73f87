using System.Text;

namespace Lapstack.Services.Sns;

/// <summary>What SNS accepts. See https://docs.aws.amazon.com/sns/latest/api/API_Publish.html.</summary>
internal static class PublishRules
{
    /// <summary>In bytes.</summary>
    public const int LargestMessage = 262_144;

    private const int SubjectEnd = 100;

    public static void CheckMessage(string? message)
    {
        if (string.IsNullOrEmpty(message)) throw SnsErrors.InvalidParameter("Empty message");
        if (Encoding.UTF8.GetByteCount(message) > LargestMessage) throw SnsErrors.InvalidParameter("Message too long");
    }

    /// <summary>Null is fine; the e-mail then has a standard subject.</summary>
    public static void CheckSubject(string? subject)
    {
        if (subject is null) return;
        var reason = subject.Length == 0 ? "it is empty"
            : subject.Length >= SubjectEnd ? $"it has {subject.Length} characters, and must have fewer than " +
                $"{SubjectEnd}"
            : subject.Any(char.IsControl) ? "it contains a line break or another control character"
            : !Ascii.IsValid(subject) ? "it contains characters outside ASCII"
            : subject[0] == ' ' ? "it must begin with a letter, a digit or a punctuation mark"
            : null;
        if (reason is not null) throw SnsErrors.InvalidParameter($"Subject: {reason}");
    }
}
