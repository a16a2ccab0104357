namespace Integr8sCode.Executions;

/// <summary>The rules for the files of one request.</summary>
public static class ExecutionFiles
{
    /// <returns>What is wrong, by field.</returns>
    public static IEnumerable<(string Field, string Message)> FindErrors(IReadOnlyList<ExecutionFile?> files)
    {
        if (files.Count > ExecutionRequest.MaxFiles)
        {
            return [("files", $"At most {ExecutionRequest.MaxFiles} files.")];
        }

        var errors = files.SelectMany(FindErrors).ToList();
        if (errors.Count == 0 && files.Sum(file => (long)file!.Decode()!.Length) > ExecutionRequest.MaxFileBytes)
        {
            errors.Add(("files", $"At most {ExecutionRequest.MaxFileBytes} bytes together."));
        }

        return errors.Count > 0 ? errors : FindClashes([.. files.Select(file => file!.Path!)]);
    }

    /// <summary>Two files at one place, or one where another needs a directory.</summary>
    public static IEnumerable<(string Field, string Message)> FindClashes(IReadOnlyList<string> paths, params IReadOnlyList<string> taken) =>
        paths.Index()
            .Where(path => taken.Concat(paths.Take(path.Index)).Any(other => Clash(other, path.Item)))
            .Select(path => ($"files[{path.Index}].path", "Another file is there."));

    private static IEnumerable<(string Field, string Message)> FindErrors(ExecutionFile? file, int index)
    {
        if (file is null)
        {
            yield return ($"files[{index}]", "A file must be an object.");
            yield break;
        }

        if (file.Path is null || !ExecutionFile.IsPlain(file.Path))
        {
            yield return ($"files[{index}].path", $"A relative path of at most {ExecutionFile.MaxPathBytes} bytes without empty, '.' or '..' parts.");
        }

        if (file.Encoding is not (null or ExecutionFile.Utf8 or ExecutionFile.Base64))
        {
            yield return ($"files[{index}].encoding", $"{ExecutionFile.Utf8} or {ExecutionFile.Base64}.");
        }
        else if (file.Decode() is null)
        {
            yield return ($"files[{index}].content", file.Content is null ? "A content is required." : "Not valid base64.");
        }
    }

    private static bool Clash(string one, string other) => $"{one}/".StartsWith($"{other}/", StringComparison.Ordinal)
        || $"{other}/".StartsWith($"{one}/", StringComparison.Ordinal);
}
