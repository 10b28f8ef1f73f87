using System.Diagnostics;

namespace Lapstack.Processes;

/// <summary>How an operating system starts a program as a group, and knows a process again.</summary>
internal interface IPlatform
{
    /// <summary>
    /// How to start a program that leads a group of its own: what it starts belongs to the group, and Ctrl+C at the
    /// terminal reaches the emulator only. The program has the id of the process that is started.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">What it takes is not on this machine.</exception>
    ProcessStartInfo Describe(string program, IReadOnlyList<string> arguments);

    /// <summary>The group of a program that was started as <see cref="Describe"/> says, just now.</summary>
    IProcessGroup GroupOf(Process leader);

    /// <summary>
    /// A text that no other process of this machine has had or will have under the same id. Null when there is no such
    /// process.
    /// </summary>
    string? Identity(int processId);

    /// <summary>Ends what is left of the group of an earlier emulator. A group that is gone is not an error.</summary>
    /// <param name="leaderId">The process whose identity the caller has compared.</param>
    void EndLeftover(int leaderId);

    /// <summary>How many files this process may have open at once; null where that is no concern.</summary>
    long? OpenFileLimit();
}
