namespace Lapstack.Ground;

/// <summary>What a write says that found no room.</summary>
internal static class FullDisk
{
    /// <summary>
    /// ENOSPC, EDQUOT of Linux and of macOS as .NET hands them on; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of
    /// Windows, whose numbers mean something else elsewhere.
    /// </summary>
    private static readonly int[] Codes = [28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    public static bool Is(Exception failure) => failure is IOException && Codes.Contains(failure.HResult);

    /// <summary>A sentence with what a caller can do; null when something else failed.</summary>
    public static string? Sentence(Exception failure) => Is(failure)
        ? $"{Words(failure)} Free some of it, and send it again: what was stored before is whole."
        : null;

    /// <summary>What has happened, in a sentence.</summary>
    public static string Words(Exception full) => $"The disk is full: {full.Message.TrimEnd('.')}.";
}
