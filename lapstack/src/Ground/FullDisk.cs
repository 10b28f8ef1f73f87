namespace Lapstack.Ground;

/// <summary>What a write says that found no room.</summary>
internal static class FullDisk
{
    /// <summary>ENOSPC and EDQUOT of Linux and macOS, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.</summary>
    private static readonly int[] Codes = [28, 122, 69, 39, 112];

    /// <summary>A sentence with the remedy; null when something else failed.</summary>
    public static string? Sentence(Exception failure) =>
        failure is IOException full && Codes.Contains(full.HResult & 0xFFFF)
            ? $"The disk is full: {full.Message.TrimEnd('.')}. Free some of it, and send it again: what was stored " +
                "before is whole."
            : null;
}
