# Loads tonight's folder, writes what was said to a file for each day, and backs up the panel's records and the record of access.
Set-Location C:\tracker
$env:TRACKER_STORE = "D:\tracker"
$day = Get-Date -Format "yyyy-MM-dd"
& .venv\Scripts\python.exe tracker.py nightly --extracts "D:\extracts\$day" *> "D:\logs\$day.txt"
$status = $LASTEXITCODE
& .venv\Scripts\python.exe tracker.py casework backup --out "E:\backup\casework-$day.db" *>> "D:\logs\$day.txt"
& .venv\Scripts\python.exe tracker.py access backup --out "E:\backup\access-$day.db" *>> "D:\logs\$day.txt"
exit $status
