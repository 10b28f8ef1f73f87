namespace Lapstack.State;

/// <summary>Modes of what only its owner may read, on Unix.</summary>
internal static class OwnerOnly
{
    /// <summary>0700.</summary>
    public const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>0600.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
}
