namespace Lapstack.Processes;

/// <summary>A program that was started, with everything it has started.</summary>
internal interface IProcessGroup : IDisposable
{
    /// <summary>Asks the program to end. One that has ended is not an error.</summary>
    void Terminate();

    /// <summary>Ends all of it at once: exit code 137.</summary>
    void Kill();

    /// <summary>Ends what a program that has ended by itself left running.</summary>
    void KillRest();

    /// <summary>What a container's memory limit counts.</summary>
    long MemoryBytes();
}
