using System.Collections.Concurrent;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.State;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// Volumes as folders of the state folder: a file system of EFS is one that stays, an empty volume ends with its task.
/// </summary>
internal sealed class TaskVolumes(StateFolder state, IAuthorizer authorizer, Account account)
{
    private const string Scratch = "scratch";
    private readonly string _folder = state.For("volumes").Folder;
    private readonly ConcurrentDictionary<string, string> _accessPoints = new(StringComparer.Ordinal);

    /// <summary>The folder of a file system that an access point of the template shows as its root.</summary>
    public void AddAccessPoint(string id, string root) => _accessPoints[id] = root;

    /// <summary>What an emulator that was killed left.</summary>
    public void DeleteLeftovers() => Delete(Path.Combine(_folder, Scratch));

    /// <summary>Makes the folders of a task's volumes.</summary>
    /// <returns>Them, by the names of the volumes.</returns>
    /// <exception cref="ContainerStartException">ResourceInitializationError: the role may not mount one.</exception>
    public Dictionary<string, string> Open(TaskRecord task, IEnumerable<Volume> volumes)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var volume in volumes)
        {
            CheckIam(task, volume);
            var folder = volume.FileSystem is { } fileSystem
                ? Path.Combine([_folder, "efs", fileSystem, .. Names(RootOf(volume))])
                : Path.Combine(_folder, Scratch, task.Id, volume.Name);
            folders[volume.Name] = Directory.CreateDirectory(folder).FullName;
        }

        return folders;
    }

    /// <summary>The task has ended, and its empty volumes with it.</summary>
    public void Close(TaskRecord task) => Delete(Path.Combine(_folder, Scratch, task.Id));

    private string RootOf(Volume volume) =>
        volume.AccessPoint is { } point ? _accessPoints.GetValueOrDefault(point, "/") : volume.Root ?? "/";

    private void CheckIam(TaskRecord task, Volume volume)
    {
        if (volume is not { FileSystem: { } fileSystem, AsksIam: true }) return;
        var arn = account.Arn("elasticfilesystem", $"file-system/{fileSystem}");
        var refusal = task.TaskRoleArn is { } taskRole && authorizer.Assume(task, taskRole) is { } role
            ? authorizer.Refusal(role, new AccessRequest("elasticfilesystem:ClientMount", arn))?.Sentence
            : "the task has no role";
        if (refusal is null) return;
        throw new ContainerStartException(
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: " +
            $"mount.nfs4: access denied by server while mounting 127.0.0.1:/ ({refusal})");
    }

    /// <summary>The names of a path, without those that would lead out of it.</summary>
    private static IEnumerable<string> Names(string path) =>
        path.Split('/').Where(name => name is not ("" or "." or ".."));

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // It was never made; or a container's user owns files in it, which then stay.
        }
    }
}
